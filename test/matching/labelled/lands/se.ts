import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const sweden = (): Land => ({
  country: 'SE',
  currency: 'SEK',
  scale: 11,
  scheme: 'ocr',
  bankCodes: list('500,600,300,800,120,957,902'),
  firstNames:
    list(`Anna,Eva,Maria,Karin,Kristina,Lena,Kerstin,Sara,Emma,Elin,Birgitta,Åsa,Ulla,Frida,Malin,Linnéa,Gunilla,Märta,
    Lars,Mikael,Anders,Johan,Erik,Per,Peter,Jan,Karl,Fredrik,Göran,Björn,Håkan,Sven,Olof,Mats,Åke,Jörgen,Oskar,Nils,Karl-Erik,Anna-Karin`),
  surnames: [
    ...list(`Andersson,Johansson,Karlsson,Nilsson,Eriksson,Larsson,Olsson,Persson,Svensson,Gustafsson,Pettersson,Jonsson,Jansson,Hansson,
      Bengtsson,Jönsson,Lindberg,Jakobsson,Magnusson,Olofsson,Axelsson,Sjögren,Åberg,Öberg,Holm,Ek,Nyström,Hermansson`),
    ...compose(
      'Lind,Berg,Sjö,Ny,Ek,Björk,Gran,Hag,Söder,Norr,Väst,Öst,Ström,Dal,Fors,Hed,Lund,Sand,Alm,Stål',
      'ström,berg,qvist,lund,gren,man,holm,mark,stedt,blad,ell,vall',
    ),
  ],
  brands: compose(
    'Svea,Nordi,Mälar,Skåne,Göta,Älv,Sol,Kron,Tre,Blå,Snabb,Trygg,Vinter,Hav,Skog,Fjäll,Norr,Rosen,Gull,Kvarn',
    'tek,data,bygg,mat,gruppen,kraft,hem,plåt,logistik,design,glas,bad,ljus,frakt,service,invest',
  ),
  trades:
    list(`Rör,El,Bygg,Redovisning,Fastigheter,Åkeri,Tandvård,Bageri,Bil,Maskin,Salong,Konsult,Städ,Blommor,Sport,Måleri,Snickeri,Café,
    Advokatbyrå,Arkitekter,Trädgård,Tryckeri,Bemanning,Reklambyrå,VVS`),
  cities:
    list(`Stockholm,Göteborg,Malmö,Uppsala,Västerås,Örebro,Linköping,Helsingborg,Jönköping,Norrköping,Lund,Umeå,Gävle,Borås,Södertälje,
    Eskilstuna,Halmstad,Växjö,Karlstad,Sundsvall`),
  streets: list('Storgatan,Kungsgatan,Drottninggatan,Industrigatan,Skolgatan,Järnvägsgatan,Nygatan,Ringvägen'),
  legal: list('AB,AB,AB,AB (publ),HB,KB,Ekonomisk förening,'),
  sisters: list('Holding,Fastigheter,Bygg,Service,Norr,Syd,Invest,Väst,Group,Förvaltning'),
  and: list('&,och,o'),
  months: list('januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,december'),
  numbers: list('{n},{n},{n},F{n},{y}-{n},FA{n}'),
  vat: [25, 25, 12, 6],
  say: {
    invoice:
      list(`Faktura {n},fakt nr {n},Fakturanr {n},Fakturanummer: {n},F-nr {n},fnr {n},{n},Avser faktura {n},Bet fakt {n},Inv. {n},
      Er faktura {n},ert fakt.nr {n},#{n},Betalning av faktura nr. {n},FAKT{n}`),
    credit: list('kreditfaktura {n},avdrag kredit {n},minus kredit {n},KF {n}'),
    part: list('Delbetalning,avbetalning,Delbet,Avbet 2,första delen'),
    allOf: list('Fakturor {m},Alla fakt {m},Samlingsbet {m},Köp {m}'),
    vague: list('Tack,betalning,Faktura,Överföring,Varor,Enligt avtal,Insättning,Tack för hjälpen,Hej,Tjänster'),
    other: list('Order {n},kundnr {n},Kundnummer {n},Tel {n},Medlem {n},Projekt {n},Ordernr. {n},Er ref {n},Avtal {n}'),
    rent: list('Hyra {m},Hyra lokal {m},Lokalhyra,Hyra kontor {m}'),
    salary: list('Lön {m},Lön,LÖN,Lönekörning {m}'),
    transfer: list('Överföring,Egen överföring,Till sparkonto,Flytt,Mellan egna konton'),
    cash: list('Kontantinsättning,Insättning servicebox,Uttag bankomat,Dagskassa insättning'),
    interest: list('Ränta,Kreditränta,Debetränta,Inlåningsränta'),
    fee: list('Månadsavgift,Pris företagspaket,Avgift {m},Kortavgift,Bankgiroavgift,Prisplan'),
    loan: list('Lån {n},Amortering o ränta {n},Låneaviseringen {n},Amortering'),
    drawing: list('Privatuttag,Eget uttag,Privat,Utlägg'),
    refund: list('Återbetalning,Retur,Återbet för mycket betalt,Kredit {n},Avser kreditfaktura {n}'),
    returned: list('Returnerad betalning,Retur felaktigt konto,Återredovisning,Stoppad betalning'),
    batch: list('LB-betalning,Leverantörsbetalning,Samlingsbetalning,Bg-uttag {x}'),
    withheld: list('Avdragen skatt,Arbetsgivaravgift,Preliminärskatt'),
    vat: list('Moms {m},Mervärdesskatt,moms'),
    receipts: list(
      'Drivmedel,Parkering,Lunch kund,Kontorsmaterial,Taxi,Hotell,Verktyg,Resa,Fika,Programvara,Trängselskatt,Arbetskläder',
    ),
    lump: list('Bankgiroinsättning {x} avier,BG SAMLAD {x},Autogiro uttag samlat,Insättning Bg-samlad'),
    goods: list(
      'Varor,Timmar,Serviceuppdrag,Konsulttimmar,Abonnemang,Material,Montering,Underhåll,Kurs,Hyra utrustning',
    ),
  },
  bodies: {
    tax: pairs('Skatteverket|SKATTEVERKET,Skatteverket skattekonto|SKATTEVERKET 5050-1055'),
    pension: pairs('Fora AB|FORA AB,Collectum AB|COLLECTUM,Alecta|ALECTA TJÄNSTEPENSION'),
    insurance: pairs('Länsförsäkringar AB|LF FÖRSÄKRING,Trygg-Hansa|TRYGG HANSA,If Skadeförsäkring AB|IF SKADEFÖRS'),
    monthly:
      pairs(`Telia Sverige AB|TELIA SVERIGE AB,Tele2 Sverige AB|TELE2,Vattenfall AB|VATTENFALL KUNDSERVICE,E.ON Sverige AB|EON,
      Fortnox AB|FORTNOX,Visma Spcs AB|VISMA SPCS,Bredband2|BREDBAND2 AB,Ellevio AB|ELLEVIO,Transportstyrelsen|TRANSPORTSTYRELSEN,Securitas|SECURITAS SVERIGE`),
    lender: pairs('Swedbank AB lån|SWEDBANK,Nordea Finans Sverige|NORDEA FINANS,ALMI Företagspartner|ALMI'),
    factoring: pairs('Svea Bank AB|SVEA BANK,Nordnet Factoring|NORDFIN,Marginalen|MARGINALEN BANK'),
    processor: pairs(
      'Swish|SWISH HANDEL,Stripe|STRIPE,Klarna Bank AB|KLARNA BANK,Zettle|IZETTLE AB,Bambora|BAMBORA,SumUp|SUMUP',
    ),
  },
  merchants:
    pairs(`ICA|ICA MAXI HANINGE,Coop|COOP FORUM,Biltema|BILTEMA SWEDEN,Clas Ohlson|CLAS OHLSON 112,Elgiganten|ELGIGANTEN AB,
    Circle K|CIRCLE K SÖDRA,OKQ8|OKQ8 AB 2211,Pressbyrån|PRESSBYRAN 5510,Systembolaget|SYSTEMBOLAGET,SJ tågbiljett|SJ INTERNET,
    SAS flyg|SAS SCANDINAVIAN,SL biljett|SL APP,Scandic hotell|SCANDIC TRIANGELN,Espresso House|ESPRESSO HOUSE 3,Jula|JULA SVERIGE,
    Bauhaus|BAUHAUS SICKLA,Byggmax|BYGGMAX 4410,EasyPark|EASYPARK,Postnord porto|POSTNORD.SE,Kjell & Company|KJELL CO 41,
    Max burgare|MAX I KISTA,Dustin|DUSTIN AB,Lyreco|LYRECO SVERIGE,Hornbach|HORNBACH 708`),
  bank: {
    in: list(`{text}, Bankgirobetalning {x} {text}, BG {x} {name} {text},
      Insättning {name} {text}, Inbetalning {text}, {name} {text},
      Insättn. Bg-lb {x} {text}`),
    reference: list('OCR {ref},Girobet {x} OCR {ref},BG {x} {ref},{ref}'),
    out: list(`{text}, Betalning {name} {text}, BG {x} {name} {text},
      Girering {name} {text}, LB {x} {text}`),
    card: list('Kortköp {dm} {name},{name} {city} KORTKÖP,KORTKÖP {x} {name},{name}'),
  },
})
