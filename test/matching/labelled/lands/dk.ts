import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const denmark = (): Land => ({
  country: 'DK',
  currency: 'DKK',
  scale: 7,
  scheme: 'fik',
  bankCodes: list('3000,0040,5301,7170,9070,6695,8401'),
  firstNames:
    list(`Anne,Mette,Kirsten,Hanne,Anna,Helle,Susanne,Lene,Maria,Marianne,Inge,Karen,Lone,Bente,Camilla,Pia,Søs,Grethe,
    Peter,Jens,Lars,Michael,Henrik,Thomas,Søren,Jan,Christian,Martin,Niels,Anders,Morten,Jesper,Jørgen,Bjørn,Kåre,Flemming,Poul,Ole,Hans Jørgen`),
  surnames: [
    ...list(`Nielsen,Jensen,Hansen,Pedersen,Andersen,Christensen,Larsen,Sørensen,Rasmussen,Jørgensen,Petersen,Madsen,Kristensen,Olsen,Thomsen,
      Christiansen,Poulsen,Johansen,Møller,Mortensen,Knudsen,Holm,Schmidt,Lund,Bach,Friis,Krogh,Kjær,Bech`),
    ...compose(
      'Vester,Øster,Nør,Søn,Kirke,Møl,Lin,Høj,Skov,Bjerre,Dal,Holme,Birke,Ege,Ravn,Sand,Aa,Bro',
      'gaard,lund,borg,by,skov,bæk,høj,holm,mark,toft,vang,strup',
    ),
  ],
  brands: compose(
    'Dan,Jyde,Sund,Fyn,Vester,Nord,Hav,Mølle,Klit,Bælt,Grøn,Blå,Hurtig,Tryg,Sol,Køben,Aros,Lim,Vind,Rød',
    'tek,data,byg,mad,gruppen,kraft,huset,plan,transport,design,glas,bad,lys,fragt,service,invest',
  ),
  trades:
    list(`VVS,El,Byg,Revision,Ejendomme,Vognmand,Tandlæge,Bageri,Auto,Maskin,Frisør,Rådgivning,Rengøring,Blomster,Sport,Maler,Tømrer,Café,
    Advokater,Arkitekter,Gartner,Trykkeri,Vikar,Reklame,Fysioterapi`),
  cities:
    list(`København,Aarhus,Odense,Aalborg,Esbjerg,Randers,Kolding,Horsens,Vejle,Roskilde,Herning,Silkeborg,Hørsholm,Helsingør,Næstved,
    Fredericia,Viborg,Køge,Holstebro,Taastrup`),
  streets: list('Vestergade,Nørregade,Algade,Industrivej,Skolegade,Bredgade,Strandvejen,Søndergade'),
  legal: list('ApS,ApS,A/S,A/S,I/S,,IVS,P/S'),
  sisters: list('Holding,Ejendomme,Byg,Service,Nord,Syd,Invest,Vest,Gruppen,Drift'),
  and: list('&,og,&'),
  months: list('januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,december'),
  numbers: list('{n},{n},{n},F-{n},{y}{n},FA-{n}'),
  vat: [25, 25, 25, 0],
  say: {
    invoice:
      list(`Faktura {n},fakt. {n},Fakturanr. {n},Fakt.nr {n},Faktura nr. {n},F{n},{n},Bet. faktura {n},Vedr. faktura {n},inv {n},
      Deres faktura {n},fak {n},Betaling faktnr. {n},#{n}`),
    credit: list('kreditnota {n},minus kreditnota {n},KN{n},fratrukket kn {n}'),
    part: list('Afdrag,Delbetaling,Delvis betaling,rate 2,aconto'),
    allOf: list('Fakturaer {m},Alle fakturaer {m},Køb {m},Samlet {m}'),
    vague: list('Tak,betaling,Faktura,Overførsel,Varer,Ifølge aftale,Indbetaling,Tak for hjælpen,Hej,Udført arbejde'),
    other: list('Ordre {n},kundenr {n},Kundenr. {n},Tlf {n},Medlem {n},Sag {n},Rekv. {n},Deres ref {n},Aftale {n}'),
    rent: list('Husleje {m},Leje {m},Leje lokaler {m},Erhvervsleje'),
    salary: list('Løn {m},Løn,Lønoverførsel,Lønoverførsel {m}'),
    transfer: list('Overførsel,Egen konto,Til opsparing,Ompostering,Mellem egne konti'),
    cash: list('Indbetaling døgnboks,Kontant indsat,Hævet automat,Dankort hævet kontant'),
    interest: list('Renter,Rente {m},Debetrente,Tilskrevne renter'),
    fee: list('Gebyr {m},Kortgebyr,Kvartalsgebyr,Netbank abonnement,Provision,Gebyr Mobilepay'),
    loan: list('Lån {n},Ydelse lån {n},Afdrag og renter,Ydelse'),
    drawing: list('Privat,Hævet privat,Privat hævning,Udlæg'),
    refund: list('Tilbagebetaling,Retur,Refusion,Kreditnota {n},For meget betalt'),
    returned: list('Returneret overførsel,Retur kontonr findes ikke,Tilbageført,Afvist betaling'),
    batch: list('Samlet betaling,Overførsler i alt,Massebetaling {x},Leverandørbetaling'),
    withheld: list('A-skat,AM-bidrag,ATP'),
    vat: list('Moms {m},Moms 1. kvartal,Skattekonto moms'),
    receipts: list(
      'Brændstof,Parkering,Frokost kunde,Kontorartikler,Taxa,Hotel,Værktøj,Rejse,Kaffe møde,Software,Bro,Arbejdstøj',
    ),
    lump: list('FIK indbetalinger samlet,Leverandørservice {x},Betalingsservice udb.,IK samlet {x}'),
    goods: list(
      'Varer,Timer,Serviceopgave,Konsulenttimer,Abonnement,Materialer,Montage,Vedligehold,Kursus,Leje udstyr',
    ),
  },
  bodies: {
    tax: pairs('Skattestyrelsen|SKATTESTYRELSEN,Skattekontoen|SKATTEKONTO,SKAT|SKATTEFORVALTNINGEN'),
    pension: pairs('Danica Pension|DANICA,PensionDanmark|PENSIONDANMARK,ATP Livslang|ATP SAMLET BETALING'),
    insurance: pairs('Tryg Forsikring A/S|TRYG FORSIKRING,Topdanmark|TOPDANMARK FORSIKR,Alm. Brand|ALM BRAND'),
    monthly:
      pairs(`TDC Erhverv|TDC,YouSee|NUUDAY A/S,Ørsted|ØRSTED SALG,Norlys|NORLYS ENERGI,e-conomic|VISMA E-CONOMIC,Dinero|DINERO,
      Telenor A/S|TELENOR DK,HOFOR|HOFOR A/S,Falck|FALCK DANMARK,Brobizz|BROBIZZ A/S`),
    lender: pairs('Danske Bank lån|DANSKE BANK,Nykredit Bank|NYKREDIT,Jyske Finans|JYSKE FINANS A/S'),
    factoring: pairs('Nordania Factoring|NORDANIA,Midt Factoring|MIDT FACTORING A/S,Collectia|COLLECTIA'),
    processor: pairs(
      'MobilePay|MOBILEPAY MYSHOP,Stripe|STRIPE,Klarna|KLARNA BANK AB,Nets|NETS A/S DANKORT,Zettle|IZETTLE,Quickpay|QUICKPAY',
    ),
  },
  merchants:
    pairs(`Netto|NETTO SONDERGADE,Føtex|FOTEX RANDERS,Bilka|BILKA HUNDIGE,Biltema|BILTEMA DANMARK,Elgiganten|ELGIGANTEN A/S,
    Silvan|SILVAN 1022,Bauhaus|BAUHAUS DANMARK,Circle K|CIRCLE K KOEGE,OK benzin|OK PLUS,7-Eleven|7-ELEVEN B132,DSB billet|DSB APP,
    Rejsekort|REJSEKORT A/S,Scandic|SCANDIC AARHUS,Joe & the Juice|JOE THE JUICE,Lagkagehuset|LAGKAGEHUSET 44,XL-Byg|XL-BYG,
    Jem & Fix|JEM OG FIX,EasyPark|EASYPARK,PostNord porto|POSTNORD DK,Proshop|PROSHOP.DK,Lomax|LOMAX A/S,Matas|MATAS 122,Harald Nyborg|HARALD NYBORG`),
  bank: {
    in: list(`{text}, Fra {name} {text}, Overførsel {name} {text},
      Bgs {name} {text}, Indbetaling {text}, IB {x} {name} {text}`),
    reference: list('FI {ref},Indbetalingskort {ref},IK71 {ref},{ref}'),
    out: list(`{text}, Til {name} {text}, Betaling {name} {text},
      Bs betaling {name} {text}, Overf. {x} {text}`),
    card: list('Dankort-nota {name} {x},Visa {name} {city},{name} Den {dm},DK {x} {name},MC/Visa {name}'),
  },
})
