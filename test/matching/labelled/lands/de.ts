import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const germany = (): Land => ({
  country: 'DE',
  currency: 'EUR',
  scale: 1,
  scheme: 'none',
  bankCodes: list('37040044,50010517,10070024,20050550,70020270,60050101,43060967,76050101,10010010'),
  firstNames:
    list(`Maria,Ursula,Monika,Petra,Sabine,Andrea,Claudia,Susanne,Birgit,Karin,Heike,Anja,Jürgen-Maria,Käthe,Lena,Julia,Jörg,
    Peter,Michael,Thomas,Andreas,Wolfgang,Klaus,Jürgen,Günter,Stefan,Christian,Uwe,Werner,Frank,Björn,Götz,Matthias,Jan,Tobias,Karl-Heinz,Hans-Peter`),
  surnames: [
    ...list(`Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf,Schröder,Neumann,
      Schwarz,Zimmermann,Braun,Krüger,Hofmann,Hartmann,Lange,Schmitt,Werner,Krause,Meier,Lehmann,Köhler,Groß,Yılmaz,von der Heide`),
    ...compose(
      'Stein,Berg,Ober,Unter,Hag,Lind,Eich,Wald,Rosen,Kirch,Buch,Reich,Hohen,Grün,Schön,Weiß,Kreuz,Brück',
      'mann,bauer,müller,berger,meier,hofer,felder,bach,wald,stein,dorf,haus',
    ),
  ],
  brands: compose(
    'Nord,Rhein,Alpen,Hansa,Isar,Elb,Schwarzwald,Main,Ruhr,Spree,Frisch,Grün,Blitz,Sicher,Bavaria,Saxo,Harz,Taunus,Weser,Neckar',
    'tec,data,bau,food,gruppe,kraft,haus,plan,logistik,design,glas,bad,licht,trans,service,invest',
  ),
  trades:
    list(`Sanitär,Elektro,Bau,Steuerberatung,Immobilien,Spedition,Zahnarztpraxis,Bäckerei,Autohaus,Maschinenbau,Friseur,Consulting,
    Gebäudereinigung,Blumen,Sport,Malerbetrieb,Schreinerei,Café,Rechtsanwälte,Architekten,Gartenbau,Druckerei,Personalservice,Werbeagentur,Physiotherapie`),
  cities:
    list(`Berlin,Hamburg,München,Köln,Frankfurt,Stuttgart,Düsseldorf,Leipzig,Dortmund,Essen,Bremen,Dresden,Hannover,Nürnberg,Duisburg,
    Bochum,Wuppertal,Bielefeld,Bonn,Münster`),
  streets: list('Hauptstraße,Bahnhofstraße,Gartenstraße,Industriestraße,Schulstraße,Goethestraße,Bergstraße,Lindenweg'),
  legal: list('GmbH,GmbH,GmbH & Co. KG,UG (haftungsbeschränkt),AG,e.K.,OHG,KG,GbR'),
  sisters: list('Holding,Immobilien,Bau,Service,Nord,Süd,Beteiligung,Verwaltung,Logistik,Vertrieb'),
  and: list('&,und,u.'),
  months: list('Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember'),
  numbers: list('{n},RE-{y}-{n},RE{n},R{y}{n},{y}-{n},RG {n}'),
  vat: [19, 19, 7, 0],
  say: {
    invoice:
      list(`Rechnung {n},Rg. {n},Rechnungsnr. {n},RE {n},Re.-Nr. {n},RNr {n},R.Nr.: {n},{n},Rechn.Nr.{n},Rechnung Nr. {n} vom {d},Beleg {n},
      RG-NR {n},Ihre Rechnung {n},Zahlung Rechnung {n},inv. {n}`),
    credit: list('abzgl. Gutschrift {n},Gutschrift {n},GS {n},./. GU {n}'),
    part: list('Teilzahlung,Abschlag,Rate 2,Ratenzahlung,1. Rate,Anzahlung'),
    allOf: list('Rechnungen {m},alle Rechnungen {m},Sammelüberweisung {m},Einkäufe {m}'),
    vague: list('Danke,Zahlung,Rechnung,Überweisung,Ware,laut Vereinbarung,Vielen Dank,Leistung,wie besprochen,Hallo'),
    other: list(
      'Auftrag {n},Kd-Nr {n},Kundennummer {n},Tel {n},Mitglied {n},Projekt {n},Best.Nr. {n},Ihr Zeichen {n},Vertrag {n}',
    ),
    rent: list('Miete {m},Gewerbemiete {m},Miete Büro,Miete inkl. NK'),
    salary: list('Gehalt {m},Lohn/Gehalt {m},Lohn,Gehalt'),
    transfer: list('Umbuchung,Übertrag,Tagesgeld,Eigenübertrag,Umb.'),
    cash: list('Bareinzahlung,Einzahlung SB,Bargeldauszahlung,Tageseinnahmen'),
    interest: list('Zinsen,Habenzinsen,Sollzinsen,Abschluss Zinsen'),
    fee: list('Kontoführung,Entgelt {m},Abrechnung {d},Kontoabschluss,Buchungsposten,Kartenentgelt'),
    loan: list('Darlehen {n},Rate Darlehen {n},Tilgung und Zinsen,Annuität {n}'),
    drawing: list('Privatentnahme,Privat,Entnahme,Auslagenerstattung'),
    refund: list('Erstattung,Rückzahlung,Überzahlung,Gutschrift {n},Erstattung GS {n}'),
    returned: list('RETOURE AC01,Rückläufer,SEPA-Rückgabe,Rücküberweisung: Konto erloschen,Rücklastschrift'),
    batch: list('Sammler {x},Sammelüberweisung,DTA {x},Sammelauftrag'),
    withheld: list('Lohnsteuer,Kirchensteuer,Solidaritätszuschlag'),
    vat: list('Umsatzsteuer {m},USt {m},UST-VA {m}'),
    receipts: list(
      'Tanken,Parken,Bewirtung,Büromaterial,Taxi,Hotel,Werkzeug,Reisekosten,Kaffee,Software,Maut,Arbeitskleidung',
    ),
    lump: list('SEPA-Sammellastschrift {x},Sammelgutschrift,Lastschrifteinzug Sammler,Sammler Gutschriften'),
    goods: list('Ware,Stunden,Wartung,Beratung,Abonnement,Material,Montage,Instandhaltung,Schulung,Gerätemiete'),
  },
  bodies: {
    tax: pairs(
      'Finanzamt München|FINANZAMT MUENCHEN,Finanzamt Hamburg-Nord|FA HAMBURG-NORD,Bundeskasse|BUNDESKASSE IN KIEL',
    ),
    pension: pairs(
      'Techniker Krankenkasse|TECHNIKER KRANKENKASSE,AOK Bayern|AOK BAYERN,DRV Minijob-Zentrale|KNAPPSCHAFT-BAHN-SEE',
    ),
    insurance: pairs('Allianz Versicherungs-AG|ALLIANZ,HUK-Coburg|HUK-COBURG,R+V Versicherung|R+V ALLGEMEINE VERS.'),
    monthly:
      pairs(`Telekom Deutschland GmbH|TELEKOM DEUTSCHLAND GMBH,Vodafone GmbH|VODAFONE,1&1|1+1 TELECOM GMBH,E.ON Energie|EON ENERGIE DEUTSCHLAND,
      Stadtwerke|STADTWERKE MUENCHEN,DATEV eG|DATEV EG,lexoffice|HAUFE-LEXWARE,Hetzner Online|HETZNER ONLINE GMBH,Würth|ADOLF WUERTH,GEMA|GEMA`),
    lender: pairs('Sparkasse Darlehen|SPARKASSE,KfW|KFW BANKENGRUPPE,Commerzbank Darlehen|COMMERZBANK AG'),
    factoring: pairs('abcfinance|ABCFINANCE GMBH,Grenke Factoring|GRENKEFACTORING,Creditreform Inkasso|CREDITREFORM'),
    processor: pairs(
      'PayPal|PAYPAL EUROPE S.A.R.L.,Stripe|STRIPE,Klarna|KLARNA BANK AB,SumUp|SUMUP PAYMENTS,Adyen|ADYEN N.V.,Mollie|MOLLIE B.V.',
    ),
  },
  merchants:
    pairs(`REWE|REWE MARKT 4211,Edeka|EDEKA HUBER,Aldi|ALDI SUED,Lidl|LIDL SAGT DANKE,Bauhaus|BAUHAUS 771,OBI|OBI BAUMARKT,
    MediaMarkt|MEDIA MARKT KOELN,Saturn|SATURN ELECTRO,Aral Tankstelle|ARAL STATION 1221,Shell|SHELL 0911,Total|TOTAL TANKST.,Bahn Ticket|DB VERTRIEB GMBH,
    Lufthansa|LUFTHANSA 220422,Motel One|MOTEL ONE HH,Bäckerei Kamps|KAMPS 2211,Hornbach|HORNBACH BAUMARKT,Metro|METRO C+C,Staples|STAPLES DEUTSCHLAND,
    Deutsche Post|DPAG FILIALE,dm|DM-DROGERIE MARKT,Vapiano Essen|VAPIANO,Conrad|CONRAD ELECTRONIC,Parkhaus|APCOA PARKING`),
  bank: {
    in: list(`{text}, EREF+{e2e} SVWZ+{text}, SVWZ+{text} ABWA+{name},
      SEPA-Überweisung {name} {text}, GUTSCHRIFT {name} {text}, DATUM {d} SVWZ+{text},
      {text} EREF: {e2e} IBAN: {iban}, EREF+{e2e} KREF+{x} SVWZ+{text}`),
    reference: list('{ref},SVWZ+{ref}'),
    out: list(`{text}, SVWZ+{text} EREF+{e2e}, SEPA-Überweisung {name} {text},
      EREF+{e2e} MREF+{x} SVWZ+{text}, {text} Mandat: {x}`),
    card: list(
      '{name}//{city}/DE {d}T14:32:11 Debitk.{c},{name} SAGT DANKE {dm},VISA {name} {city} {dm},EC {x} {dm} {name},KARTENZAHLUNG {name}',
    ),
  },
})
