import { list, shops, type Locale } from './locale.ts'

export const britain: Locale = {
  country: 'GB',
  currency: 'GBP',
  languages: ['en'],
  dates: 'd/m/y',
  first: list(
    'Margaret,Pauline,Gemma,Chloe,Siobhan,Heather,Joanne,Tracey,Imogen,Beryl,Nicola,Rachel,Harriet,Aoife,Yasmin,Priya,Graham,Nigel,Callum,Alistair,Gareth,Trevor,Colin,Rhys,Hamish,Duncan,Barry,Stuart,Clive,Ian,Rupert,Declan,Owen,Jamal,Rajesh,Tomasz,Mohammed,Kwame,Edward,Simon,Keith,Neil',
  ),
  last: list(
    "Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Patel,Robinson,Wright,Thompson,Evans,Walker,White,Roberts,Green,Hall,Wood,Clarke,Hughes,Khan,Lewis,Harris,Singh,O'Brien,O'Connor,MacDonald,McAllister,Fraser,Pritchard,Whitaker,Sutcliffe,Ellis-Jones,Okafor,Begum,Nowak,Bannister,Cartwright,Fletcher",
  ),
  lastStarts: list('Hart,Ash,Brad,Thorn,Whit,Black,Stan,Hol,Mar,Wood,Lang,Shel,Win,Clay'),
  lastEnds: list('ley,ton,ford,field,croft,well,by,worth,more,combe,bourne,shaw,don'),
  roots: list(
    'North,Thames,Severn,Pennine,Oak,Albion,Castle,Crown,Raven,Silver,Harbour,Granite,Beacon,Kestrel,Mercia,Wessex,Cotswold,Tyne,Clyde,Falcon,Ivy',
  ),
  tails: list(
    'gate,works,line,tech,build,care,point,stone,wood,media,supply,freight,foods,bridge,labs,fix,homes,print',
  ),
  trades: list(
    'Plumbing & Heating,Electrical,Builders,Accountancy,Haulage,Lettings,Roofing,Joinery,Cleaning Services,Wholesale,Bakery,Motors,Dental Practice,Interiors,Catering,Printers,Solicitors,Scaffolding,Landscapes,Fisheries,Consulting,Flooring,Fabrications',
  ),
  forms: ['Ltd', 'Ltd', 'Limited', 'Limited', 'LLP', 'PLC', 'CIC', 'Ltd'],
  formFirst: false,
  and: 'and',
  sons: 'Sons',
  cities: list(
    'London,Leeds,Bristol,Manchester,Glasgow,Cardiff,Norwich,Exeter,York,Belfast,Derby,Hull,Reading,Swansea,Perth,Bath',
  ),
  streets: list(
    'High Street,Station Road,Church Lane,Mill Lane,Victoria Road,The Green,Kings Road,Park Avenue,Manor Close,Queensway',
  ),
  shops: shops(`
    Tesco|TESCO STORES {NR}|4|110
    Sainsburys|SAINSBURYS S/MKTS {CITY}|5|120
    BP fuel|BP {CITY} S/STN|25|110
    Screwfix|SCREWFIX DIR {CITY}|6|340
    B&Q|B & Q {NR}|7|480
    Trainline|TRAINLINE.COM|9|180
    Viking stationery|VIKING DIRECT LTD|15|290
    Currys|CURRYS {CITY}|19|1200
    Parking|RINGGO PARKING|2|24
    Coffee with client|SUMUP *THE DAILY GRIND|4|22
    Client lunch|ZETTLE *THE OLD FORGE|22|160
    Toolstation|TOOLSTATION LTD|5|260
    Amazon|AMZNMKTPLACE AMAZON.CO|6|390
    British Airways|BRITISH AIRWAYS {NR}|79|640
    Royal Mail|POST OFFICE COUNTER|2|90`),
  taxOffice: { book: 'HMRC', bank: 'HMRC CUMBERNAULD' },
  taxes: list('PAYE/NIC,VAT,Corporation Tax,CIS deductions'),
  pensions: list("NEST,The People's Pension,Smart Pension,Aviva Pension"),
  utilities: list(
    'BT Group PLC,EE Limited,British Gas Business,E.ON Next,Thames Water,Virgin Media Business,Xero (UK) Ltd,Octopus Energy',
  ),
  insurers: list('Aviva Insurance,AXA Business Ins,Hiscox,Zurich Insurance'),
  lenders: list('Lombard North Central,Funding Circle,Close Brothers,Iwoca Ltd'),
  publicBodies: list(
    'Leeds City Council,NHS Highland,Cornwall Council,University of York,Ministry of Defence DBS,Bristol CC,Transport for London',
  ),
}
