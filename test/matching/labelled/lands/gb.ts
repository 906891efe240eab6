import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const britain = (): Land => ({
  country: 'GB',
  currency: 'GBP',
  scale: 0.86,
  scheme: 'none',
  bankCodes: list('BARC,HBUK,LOYD,NWBK,MIDL,MONZ,SRLG,TIDE,RBOS'),
  firstNames:
    list(`Margaret,Susan,Sarah,Emma,Helen,Karen,Claire,Louise,Jane,Julie,Alison,Rachel,Lucy,Fiona,Priya,Amina,Siobhán,
    David,John,Paul,James,Andrew,Mark,Stephen,Michael,Robert,Ian,Simon,Neil,Gareth,Alan,Graham,Mohammed,Oliver,Jack,Harry,Keith`),
  surnames: [
    ...list(`Smith,Jones,Williams,Taylor,Brown,Davies,Evans,Wilson,Thomas,Johnson,Roberts,Robinson,Thompson,Wright,Walker,White,Edwards,Hughes,
      Green,Hall,Lewis,Harris,Clarke,Patel,Khan,Begum,O'Brien,O'Neill,MacDonald,McKenzie,Singh,Kowalski,St John,Smyth,Clark`),
    ...compose(
      'Ash,Black,Brad,Had,Hart,Holl,Kings,Lang,Mill,Nor,Old,Rad,Sher,Stan,Thorn,Whit,Wood,Wal',
      'ley,ton,ford,well,wood,worth,field,bury,man,by,more,ham',
    ),
  ],
  brands: compose(
    'Albion,North,Severn,Tyne,Pennine,Dales,Thistle,Harbour,Red,Oak,Crown,Swift,Beacon,Summit,Cotswold,Mersey,Anglia,Solent,Wye,Fen',
    'tech,data,build,foods,works,power,homes,plan,freight,design,glass,wise,light,link,care,invest',
  ),
  trades:
    list(`Plumbing,Electrical,Builders,Accountants,Properties,Haulage,Dental Practice,Bakery,Motors,Engineering,Hair Studio,Consulting,Cleaning,
    Florists,Sports,Decorators,Joinery,Coffee House,Solicitors,Architects,Landscapes,Print,Recruitment,Media,Physiotherapy`),
  cities:
    list(`London,Birmingham,Leeds,Glasgow,Sheffield,Bradford,Liverpool,Edinburgh,Manchester,Bristol,Cardiff,Leicester,Coventry,Nottingham,
    Newcastle,Hull,Belfast,Stoke,Derby,Plymouth`),
  streets: list('High Street,Station Road,Church Lane,Victoria Road,Mill Lane,Park Avenue,Kings Road,London Road'),
  legal: list('Ltd,Ltd,Limited,LTD.,LLP,PLC,,t/a'),
  sisters: list('Holdings,Properties,Construction,Services,North,South,Investments,Group,Logistics,Trading'),
  and: list('&,and,&'),
  months: list('January,February,March,April,May,June,July,August,September,October,November,December'),
  numbers: list('{n},INV-{n},INV{n},SI-{n},INV-{y}-{n},S{n}'),
  vat: [20, 20, 5, 0],
  say: {
    invoice:
      list(`Invoice {n},INV {n},inv no {n},Inv. {n},Invoice No. {n},{n},Payment of invoice {n},Your inv {n},I/N {n},Ref {n},#{n},
      Invoice:{n},invoce {n},Bill {n}`),
    credit: list('less credit note {n},less CN {n},CN{n},credit {n}'),
    part: list('Part payment,instalment 2,part pymt,on account,first half,deposit'),
    allOf: list('{m} invoices,all {m} invs,{m} account,Statement {m}'),
    vague: list('Thanks,payment,Invoice,Transfer,Goods,As agreed,Thank you,Services,work done,Cheers,BACS'),
    other: list('Order {n},A/C {n},Account no {n},Tel {n},Member {n},Job {n},PO {n},Your ref {n},Contract {n}'),
    rent: list('Rent {m},Office rent {m},Unit 4 rent,Rent'),
    salary: list('Wages {m},Salary {m},SALARY,Wages'),
    transfer: list('Transfer,To savings,Internal transfer,From deposit account,Tfr'),
    cash: list('Cash deposit,Counter credit,Cash withdrawal LINK,Night safe'),
    interest: list('Gross interest,Interest,Debit interest,Interest to {d}'),
    fee: list('Account fee,Monthly charges,Total charges to {d},Service charge,Commission charges'),
    loan: list('Loan {n},Loan repayment {n},Bounce back loan,BBL repayment {n}'),
    drawing: list('Drawings,Directors loan,Personal,Expenses'),
    refund: list('Refund,Overpayment refund,Credit note {n},Refund inv {n}'),
    returned: list('Unpaid item,Returned payment,Payment returned: no account,Recall'),
    batch: list('BACS {x},Supplier run,Multi payment,BACS batch {x}'),
    withheld: list('PAYE,National Insurance,Student loan'),
    vat: list('VAT {m},HMRC VAT,VAT Q1'),
    receipts: list('Fuel,Parking,Client lunch,Stationery,Taxi,Hotel,Tools,Travel,Coffee,Software,Toll,Workwear'),
    lump: list('DIRECT DEBIT COLL {x},BACS CREDITS {x},DD COLLECTION,GROUPED CREDITS'),
    goods: list('Goods,Hours,Servicing,Consultancy,Subscription,Materials,Fitting,Maintenance,Training,Equipment hire'),
  },
  bodies: {
    tax: pairs('HMRC|HMRC CUMBERNAULD,HM Revenue & Customs|HMRC PAYE/NIC,HMRC VAT|HMRC VAT'),
    pension: pairs('NEST|NEST IT000221,The People’s Pension|B AND CE PEOPLES PENSION,Aviva Pension|AVIVA LIFE PENS'),
    insurance: pairs('Aviva|AVIVA,Hiscox|HISCOX UNDERWRITING,AXA UK|AXA INSURANCE'),
    monthly:
      pairs(`BT Group|BT GROUP PLC,Vodafone|VODAFONE LTD,EE|EE LIMITED,British Gas|BRITISH GAS BUSINE,EDF Energy|EDF ENERGY,
      Xero UK|XERO (UK) LTD,Sage|SAGE SOFTWARE LTD,Thames Water|THAMES WATER,Virgin Media|VIRGIN MEDIA PYMTS,DVLA|DVLA-AB12CDE`),
    lender: pairs('Lloyds Bank loan|LLOYDS BANK PLC,Funding Circle|FUNDING CIRCLE,Close Brothers|CLOSE BROTHERS LTD'),
    factoring: pairs('Bibby Financial Services|BIBBY FACTORS,Aldermore Invoice Finance|ALDERMORE,Satago|SATAGO FS'),
    processor: pairs(
      'Stripe|STRIPE PAYMENTS UK,SumUp|SUMUP PAYMENTS,GoCardless|GOCARDLESS LTD,Worldpay|WORLDPAY AP,Klarna|KLARNA BANK AB,Square|SQUAREUP',
    ),
  },
  merchants:
    pairs(`Tesco|TESCO STORES 3312,Sainsbury's|SAINSBURYS S/MKT,Screwfix|SCREWFIX DIRECT,B&Q|B & Q 1180,Toolstation|TOOLSTATION LTD,
    Currys|CURRYS ONLINE,Shell|SHELL COBHAM,BP|BP KINGS CROSS,Esso|ESSO MFG,Trainline|TRAINLINE.COM,TfL|TFL TRAVEL CH,British Airways|BA 125-2214,
    Premier Inn|PREMIER INN 4402,Pret|PRET A MANGER 22,Costa|COSTA COFFEE 4301,Travis Perkins|TRAVIS PERKINS TRA,Wickes|WICKES 8122,
    RingGo parking|RINGGO,Royal Mail|POST OFFICE COUNTER,Ryman|RYMAN 0311,Viking|VIKING DIRECT,Greggs|GREGGS PLC,Halfords|HALFORDS 0612`),
  bank: {
    in: list(`{text}, {name} {text}, BGC {name} {text},
      FPI {name} {text} {x}, {name} {text} FP {d}, CR {name} {text},
      FASTER PAYMENTS RECEIPT REF.{text} FROM {name}`),
    reference: list('{ref}'),
    out: list(`{text}, {name} {text}, BBP {name} {text},
      FPO {name} {text} {x}, DDR {name} {x} {text}, BILL PAYMENT VIA FASTER PAYMENT TO {name} REFERENCE {text}`),
    card: list(
      '{c} {dm} {name} {city} GB,CARD PAYMENT TO {name} ON {dm},POS {c} {name},{name} ON {dm} BCC,VIS {name} {city}',
    ),
  },
})
