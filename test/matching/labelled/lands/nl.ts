import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const netherlands = (): Land => ({
  country: 'NL',
  currency: 'EUR',
  scale: 1,
  scheme: 'betalingskenmerk',
  bankCodes: list('ABNA,INGB,RABO,TRIO,KNAB,BUNQ,SNSB,ASNB'),
  firstNames:
    list(`Anna,Maria,Johanna,Elisabeth,Cornelia,Wilhelmina,Sanne,Lotte,Femke,Ingrid,Marieke,Saskia,Esther,Anouk,Iris,Fleur,
    Jan,Johannes,Pieter,Cornelis,Hendrik,Willem,Bas,Daan,Sander,Jeroen,Maarten,Ruud,Kees,Henk,Gerrit,Dirk,Joost,Bram,Thijs,Jan-Willem`),
  surnames: [
    ...list(`de Jong,Jansen,de Vries,van den Berg,van Dijk,Bakker,Janssen,Visser,Smit,Meijer,de Boer,Mulder,de Groot,Bos,Vos,Peters,Hendriks,
      van Leeuwen,Dekker,Brouwer,de Wit,Dijkstra,Smits,de Graaf,van der Meer,van der Linden,Kok,Jacobs,de Haan,Vermeulen,van 't Hof`),
    ...compose(
      'Ooster,Wester,Noord,Zuid,Kerk,Molen,Hoog,Lang,Nieuw,Groen,Bos,Veld,Water,Berg,Steen,Heide,Duin,Brug',
      'huis,man,stra,ink,hof,meijer,veld,kamp,dijk,broek,ma,horst',
    ),
  ],
  brands: compose(
    'Oranje,Polder,Duin,Delta,Molen,Randstad,Veluwe,Amstel,Hanze,Tulp,Zuider,Blauw,Groen,Snel,Zeker,Brabant,Twente,Maas,Rijn,Wad',
    'tech,data,bouw,food,groep,kracht,huis,plan,logistiek,design,glas,bad,licht,trans,service,invest',
  ),
  trades:
    list(`Installatie,Elektro,Bouw,Administratie,Vastgoed,Transport,Tandartsen,Bakkerij,Auto,Machines,Kappers,Advies,Schoonmaak,Bloemen,Sport,
    Schilders,Timmerwerken,Horeca,Advocaten,Architecten,Hoveniers,Drukkerij,Uitzendbureau,Reclame,Fysiotherapie`),
  cities:
    list(`Amsterdam,Rotterdam,Den Haag,Utrecht,Eindhoven,Groningen,Tilburg,Almere,Breda,Nijmegen,Apeldoorn,Haarlem,Arnhem,Enschede,
    's-Hertogenbosch,Zwolle,Leiden,Maastricht,Dordrecht,Ede`),
  streets: list('Hoofdstraat,Kerkstraat,Dorpsstraat,Industrieweg,Schoolstraat,Stationsweg,Molenweg,Nieuwstraat'),
  legal: list('B.V.,B.V.,BV,V.O.F.,N.V.,,Stichting,C.V.'),
  sisters: list('Holding,Vastgoed,Bouw,Services,Noord,Zuid,Beheer,Groep,Logistics,Retail'),
  and: list('&,en,&'),
  months: list('januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december'),
  numbers: list('{n},{y}{n},{y}-{n},F{y}{n},FACT-{n},{y}{n}'),
  vat: [21, 21, 9, 0],
  say: {
    invoice:
      list(`Factuur {n},factuurnr {n},Factuurnummer: {n},fact. {n},Fact.nr. {n},Betaling factuur {n},{n},inzake factuur {n},FN {n},inv {n},
      uw factuur {n},faktuur {n},F {n},nota {n},#{n}`),
    credit: list('creditnota {n},minus credit {n},CN {n},verrekend met creditfactuur {n}'),
    part: list('Deelbetaling,termijn 2,gedeeltelijke betaling,aflossing,eerste termijn'),
    allOf: list('Facturen {m},alle facturen {m},Inkopen {m},verzamelbetaling {m}'),
    vague: list('Bedankt,betaling,Factuur,Overboeking,Goederen,Conform afspraak,Voldaan,Dank,Hoi,Werkzaamheden'),
    other: list(
      'Order {n},klantnr {n},Debiteurnr. {n},Tel {n},Lidnr {n},Project {n},Bestelling {n},Uw kenmerk {n},Contract {n}',
    ),
    rent: list('Huur {m},Huur bedrijfspand {m},Huur kantoor,Huur'),
    salary: list('Salaris {m},Salaris,Loon {m},SALARIS'),
    transfer: list('Overboeking,Naar spaarrekening,Eigen rekening,Intern,Tussen eigen rekeningen'),
    cash: list('Storting,Sealbag storting,Geldautomaat opname,Kasstorting'),
    interest: list('Rente,Creditrente,Debetrente,Rente {m}'),
    fee: list('Kosten zakelijk pakket,Bankkosten {m},Kosten {m},Kosten betaalpas,Tarief transacties'),
    loan: list('Lening {n},Aflossing en rente {n},Annuïteit,Aflossing'),
    drawing: list('Privé opname,Privé,Opname eigenaar,Declaratie'),
    refund: list('Terugbetaling,Retour,Teveel betaald,Creditnota {n},Restitutie'),
    returned: list('Retour: rekening onbekend,Storno,Terugboeking,Teruggeboekt AC04'),
    batch: list('Verzamelbetaling,Crediteurenbatch {x},Batch {x},Betaalrun'),
    withheld: list('Loonheffing,Premies werknemers,Zvw'),
    vat: list('BTW {m},Omzetbelasting,OB aangifte,btw kwartaal'),
    receipts: list(
      'Brandstof,Parkeren,Lunch klant,Kantoorartikelen,Taxi,Hotel,Gereedschap,Reiskosten,Koffie,Software,Tol,Werkkleding',
    ),
    lump: list('Incassobatch {x},SEPA Incasso verzamelboeking,IDEAL verzameld,Batch bijschrijving'),
    goods: list('Goederen,Uren,Onderhoud,Advies,Abonnement,Materiaal,Montage,Reparatie,Cursus,Huur materieel'),
  },
  bodies: {
    tax: pairs('Belastingdienst|BELASTINGDIENST,Belastingdienst Apeldoorn|BELASTINGDIENST APELDOORN'),
    pension: pairs('Pensioenfonds PFZW|PFZW,BpfBOUW|STICHTING BPF BOUW,Nationale-Nederlanden Pensioen|NN LEVEN'),
    insurance: pairs(
      'Interpolis|ACHMEA SCHADEVERZ INZ INTERPOLIS,Centraal Beheer|CENTRAAL BEHEER,Allianz Nederland|ALLIANZ',
    ),
    monthly:
      pairs(`KPN B.V.|KPN BV,Ziggo|VODAFONEZIGGO,Vattenfall|VATTENFALL KLANTENSERVICE,Eneco|ENECO SERVICES,Exact|EXACT ONLINE,
      Moneybird|MONEYBIRD BV,Odido|ODIDO NETHERLANDS,Vitens|VITENS NV,Waternet|WATERNET,Greenwheels|GREENWHEELS`),
    lender: pairs('Rabobank lening|RABOBANK,ING lening|ING BANK NV,Qredits|STICHTING QREDITS'),
    factoring: pairs('Svea Finance|SVEA FINANCE NL,Factris|FACTRIS NL BV,Voldaan|VOLDAAN BV'),
    processor: pairs(
      'Mollie|STICHTING MOLLIE PAYMENTS,Stripe|STRIPE,Adyen|ADYEN N.V.,Klarna|KLARNA BANK AB,SumUp|SUMUP,Buckaroo|STG BUCKAROO',
    ),
  },
  merchants:
    pairs(`Albert Heijn|AH 1521,Jumbo|JUMBO ZWOLLE,Hema|HEMA 0322,Gamma|GAMMA LEIDEN,Praxis|PRAXIS 221,Coolblue|COOLBLUE B.V.,
    bol.com|BOL.COM B.V.,MediaMarkt|MEDIA MARKT TWENTE,Shell|SHELL DE SLUFTER,BP|BP WATERMOLEN,Esso|ESSO DE LUCHT,NS treinkaartje|NS-HOOFDDORP,
    KLM|KLM 0742211,Van der Valk|VALK EXCLUSIEF,La Place|LA PLACE HORECA,Action|ACTION 1113,Makro|MAKRO,Sligro|SLIGRO BV,Parkmobile|YELLOWBRICK,
    PostNL|POSTNL PAKKET,Bruna|BRUNA 2123,Hornbach|HORNBACH NIEUWERKERK,Staples|OFFICE CENTRE`),
  bank: {
    in: list(`{text}, /TRTP/SEPA OVERBOEKING/IBAN/{iban}/BIC/{bic}/NAME/{name}/REMI/{text}/EREF/{e2e}, SEPA Overboeking IBAN: {iban} BIC: {bic} Naam: {name} Omschrijving: {text},
      Naam: {name} Omschrijving: {text} IBAN: {iban} Kenmerk: {e2e}, {name} {text}`),
    reference: list('BETALINGSKENM. {ref},Betalingskenmerk: {ref},ACCEPTGIRO {ref} {name},{ref}'),
    out: list(`{text}, /TRTP/SEPA OVERBOEKING/IBAN/{iban}/NAME/{name}/REMI/{text}/EREF/{e2e}, Naam: {name} Omschrijving: {text},
      SEPA Incasso algemeen doorlopend {name} {text}, {name} {text}`),
    card: list(
      'BEA NR:{x} {dm}/14.32 {name} PAS{c},BEA Betaalpas {name} PAS{c} {city},{name} {city} NLD,Pasvolgnr: 0{c} {dm} 12:44 {name}',
    ),
  },
})
