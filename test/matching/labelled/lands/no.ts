import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const norway = (): Land => ({
  country: 'NO',
  currency: 'NOK',
  scale: 11,
  scheme: 'kid',
  bankCodes: list('8601,1503,9710,3000,1644,6003,9365,4202,3610,2801'),
  firstNames:
    list(`Anne,Inger,Kari,Marit,Ingrid,Liv,Eva,Berit,Astrid,Bjørg,Hilde,Anna,Solveig,Randi,Nora,Emma,Ida,Thea,Silje,Åse,
    Jan,Per,Bjørn,Ole,Lars,Kjell,Knut,Arne,Svein,Thomas,Geir,Håkon,Morten,Terje,Odd,Jørgen,Øyvind,Pål,Eirik,Magnus,Henrik,Jan Erik,Anne Grete`),
  surnames: [
    ...list(`Hansen,Johansen,Olsen,Larsen,Andersen,Pedersen,Nilsen,Kristiansen,Jensen,Karlsen,Johnsen,Pettersen,Eriksen,Berg,Haugen,Hagen,
      Johannessen,Jacobsen,Dahl,Jørgensen,Halvorsen,Henriksen,Lund,Sørensen,Moen,Gundersen,Strand,Svendsen,Eide,Knutsen,Bakken,Næss,Ødegård`),
    ...compose(
      'Sol,Nord,Vest,Øst,Bjørn,Gran,Lin,Sand,Stein,Hau,Kvam,Røn,Ny,Lang,Bru,Fos,Hell',
      'berg,vik,dal,stad,heim,nes,rud,set,land,voll,ås,gård',
    ),
  ],
  brands: compose(
    'Nor,Fjord,Viking,Polar,Tind,Vidda,Bris,Kyst,Skog,Havn,Ting,Arktis,Rype,Elv,Bre,Hval,Trygg,Klar,Rask,Grønn',
    'tek,data,bygg,mat,plan,kraft,hus,vei,logistikk,form,glass,bad,lys,trans,service,invest',
  ),
  trades:
    list(`Rørleggerservice,Elektro,Bygg,Regnskap,Eiendom,Transport,Tannklinikk,Bakeri,Bil,Maskin,Frisør,Konsult,Renhold,Blomster,Sport,
    Malermester,Snekkerservice,Kafé,Advokatfirma,Arkitekter,Fysioterapi,Gartneri,Trykkeri,Bemanning,Reklamebyrå`),
  cities:
    list(`Oslo,Bergen,Trondheim,Stavanger,Tromsø,Drammen,Fredrikstad,Kristiansand,Ålesund,Bodø,Hamar,Lillehammer,Molde,Sandnes,Tønsberg,
    Haugesund,Skien,Moss,Gjøvik,Narvik`),
  streets: list('Storgata,Kirkegata,Strandveien,Skolegata,Industriveien,Bjørnstjerne Bjørnsons gate,Sjøgata,Havnegata'),
  legal: list('AS,AS,AS,ASA,ANS,DA,ENK,SA'),
  sisters: list('Holding,Eiendom,Bygg,Service,Nord,Vest,Drift,Invest,Øst,Gruppen'),
  and: list('&,og,&'),
  months: list('januar,februar,mars,april,mai,juni,juli,august,september,oktober,november,desember'),
  numbers: list('{n},{n},{n},F{n},{y}{n},INV-{y}-{n}'),
  vat: [25, 25, 15, 0],
  say: {
    invoice:
      list(`Faktura {n},faktura nr {n},Fakturanr. {n},Faktnr {n},fakt {n},F.nr {n},F{n},Betaling faktura {n},Bet. av fakt. nr. {n},{n},
      Fak. {n},Invoice {n},inv {n},#{n},Nr. {n},Gjelder faktura: {n},Faktura:{n},fnr{n}`),
    credit: list('kreditnota {n},minus kreditnota {n},KN {n},- kn {n},fratrukket kreditnota {n}'),
    part: list('Avdrag,delbetaling,Delbet. faktura,nedbetaling,avdrag 2,Innbetaling delvis'),
    allOf: list('Alle fakturaer {m},fakturaer {m},Kjøp {m},Oppgjør {m}'),
    vague: list(
      'Takk for jobben,betaling,Faktura,Overføring,Varer,Oppgjør,Iht avtale,Takk!,Innbetaling,Tjenester,restbeløp,Hei',
    ),
    other: list(
      'Ordre {n},kundenr {n},Kundenummer {n},Tlf {n},Medlem {n},Prosjekt {n},Ordrenr. {n},Ref. {n},Bilnr EK{n},Sak {n}',
    ),
    rent: list('Husleie {m},Leie {m},Husleie lokaler {m},Leie kontor'),
    salary: list('Lønn {m},Lønn,Lønn periode {m},Lønnsutbetaling'),
    transfer: list('Overføring,Mellom egne konti,Til sparekonto,Fra drift,Flytting,Overføring mellom egne kontoer'),
    cash: list('Kontantinnskudd,Nattsafe,Innskudd Automat,Kontantuttak minibank,Innskudd kontanter DNB'),
    interest: list('Kreditrenter,Renter,Debetrenter,Renter {m}'),
    fee: list('Omkostninger,Gebyr {m},Månedspris nettbank,Kvartalspris,Omkostninger Mobilbank,Transaksjonspriser'),
    loan: list('Lån {n},Terminbeløp lån {n},Låneavdrag,Avdrag og renter {n}'),
    drawing: list('Privat uttak,Privat,Uttak eier,Til eier,Utlegg'),
    refund: list('Tilbakebetaling,Refusjon,Refundert for mye betalt,Retur faktura {n},Kreditnota {n}'),
    returned: list('Returnert betaling,Retur: konto opphørt,Tilbakeført,RETUR UGYLDIG KONTO,Tilbakeført beløp'),
    batch: list('Samlebetaling,Remittering,Bunt {x},Nettbank samlet,Masseutbetaling'),
    withheld: list('Forskuddstrekk,Arbeidsgiveravgift,Finansskatt'),
    vat: list('MVA {m},Merverdiavgift,mva-oppgave,Mva termin {n}'),
    receipts: list(
      'Drivstoff,Parkering,Lunsj med kunde,Kontorrekvisita,Taxi,Hotell,Verktøy,Reise,Kaffe møte,Programvare,Bompenger,Arbeidsklær',
    ),
    lump: list('KID-innbetalinger {x} antall,OCR Giro {x},Avtalegiro samlet,Innbetalinger KID'),
    goods: list(
      'Varer,Timer,Serviceoppdrag,Konsulenttimer,Abonnement,Materialer,Montering,Vedlikehold,Kurs,Leie utstyr',
    ),
  },
  bodies: {
    tax: pairs(
      'Skatteetaten|SKATTEETATEN,Skatteoppkreveren|SKATTEETATEN INNKREVING,Skatteetaten Forskuddstrekk|SKATT ØST',
    ),
    pension: pairs(
      'Storebrand Livsforsikring AS|STOREBRAND LIVSFORS,KLP|KOMMUNAL LANDSPENSJONSKASSE,DNB Liv|DNB LIVSFORSIKRING',
    ),
    insurance: pairs(
      'Gjensidige Forsikring ASA|GJENSIDIGE FORS.,If Skadeforsikring NUF|IF SKADEFORSIKRING,Tryg Forsikring|TRYG',
    ),
    monthly:
      pairs(`Telenor Norge AS|TELENOR,Telia Norge AS|TELIA NORGE,Hafslund Strøm AS|HAFSLUND,Fjordkraft AS|FJORDKRAFT,
      Visma Software AS|VISMA,Tripletex AS|TRIPLETEX,Altibox AS|ALTIBOX,Autopass ferje|AUTOPASS,Fremtind|FREMTIND,Securitas AS|SECURITAS`),
    lender: pairs('DNB Bank ASA lån|DNB,Sparebank 1 SMN lån|SPB1 SMN,Nordea Finans|NORDEA FINANS NORGE'),
    factoring: pairs('Svea Finans AS|SVEA FINANS,Conta Finans|CONTA,Aprila Bank|APRILA BANK ASA'),
    processor: pairs(
      'Vipps MobilePay AS|VIPPS,Stripe|STRIPE,Klarna Bank AB|KLARNA,Zettle|ZETTLE BY PAYPAL,Nets|NETS OPPGJØR,SumUp|SUMUP',
    ),
  },
  merchants:
    pairs(`Kiwi|KIWI 432 STORGATA,Rema 1000|REMA GRÜNERLØK,Biltema|BILTEMA NORGE AS,Clas Ohlson|CLAS OHL 2031,Elkjøp|ELKJOP.NO,
    Circle K|CIRCLE K BREIVIKA,Shell 7-Eleven|SHELL/7-ELEVEN 3321,Narvesen|NARVESEN 820,Vinmonopolet|VINMONOPOLET,SAS flybillett|SAS 11724433,
    Norwegian|NORWEGIAN AIR SH,Vy togbillett|VY APP,Scandic hotell|SCANDIC NIDELVEN,Peppes middag|PEPPES PIZZA,Europris|EUROPRIS 211,
    Byggmakker|BYGGMAKKER SKATTUM,Obs Bygg|OBS BYGG LADE,Easypark|EASYPARK AS,Ruter reise|RUTERAPPEN,Posten porto|POSTEN NETTBUTIKK,
    Kaffebrenneriet|KAFFEBRENNERIET,Jernia|JERNIA STRØMMEN,Felleskjøpet|FELLESKJØPET AGRI,Staples|STAPLES NORWAY`),
  bank: {
    in: list(`{text}, Fra: {name} {text}, Overføring Innland {name} {text},
      Nettgiro fra: {name} Betalt: {d} {text}, Giro {x} {name} {text}, {text} Betalt: {d}`),
    reference: list('KID: {ref},KID {ref} Betalt: {d},Innbetaling KID {ref},{ref}'),
    out: list(`{text}, Til: {name} Betalt: {d} {text}, Nettgiro til: {name} Betalt: {d} {text},
      Betaling til {name} {text}, {text} Arkivref. {x}`),
    card: list(
      '*{c} {dm} NOK {amount} {name} Kurs: 1.0000,Visa {x} {name} {city},VARER {name} DATO {dm} KL. 14.32,{name} {city},{dm} {name}',
    ),
  },
})
