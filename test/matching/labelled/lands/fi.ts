import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const finland = (): Land => ({
  country: 'FI',
  currency: 'EUR',
  scale: 1,
  scheme: 'viite',
  bankCodes: list('500015,123456,800016,405511,430009,713030,159030'),
  firstNames:
    list(`Maria,Helena,Anneli,Johanna,Kaarina,Marjatta,Hannele,Kristiina,Liisa,Anna,Elina,Päivi,Sari,Tuula,Aino,Eeva,Outi,Mervi,
    Juhani,Johannes,Mikael,Antero,Matti,Tapio,Kalevi,Pekka,Timo,Jukka,Markku,Kari,Jari,Antti,Heikki,Ville,Pertti,Väinö,Björn,Göran,Mika,Hannu`),
  surnames: [
    ...list(`Korhonen,Virtanen,Mäkinen,Nieminen,Mäkelä,Hämäläinen,Laine,Heikkinen,Koskinen,Järvinen,Lehtonen,Lehtinen,Saarinen,Salminen,
      Heinonen,Niemi,Heikkilä,Kinnunen,Salonen,Turunen,Laitinen,Tuominen,Rantanen,Karjalainen,Jokinen,Mattila,Lindqvist,Öhman,Åkerlund`),
    ...compose(
      'Kos,Lah,Sal,Ran,Haa,Tuo,Kar,Hir,Pel,Kivi,Metsä,Ahti,Ala,Ylä,Suo,Vuori,Leh,Pih',
      'kinen,tinen,monen,tala,vonen,rinen,pää,niemi,mäki,ranta,konen,järvi',
    ),
  ],
  brands: compose(
    'Suomi,Pohja,Lappi,Kaleva,Aalto,Tunturi,Saimaa,Hauki,Karhu,Revontuli,Järvi,Meri,Rauta,Kulta,Vihreä,Nopea,Etelä,Itä,Helmi,Tähti',
    'tek,data,rakennus,ruoka,palvelu,voima,talo,kone,logistiikka,sähkö,lasi,kylpy,valo,kuljetus,huolto,sijoitus',
  ),
  trades:
    list(`LVI,Sähkö,Rakennus,Tilitoimisto,Kiinteistöt,Kuljetus,Hammaslääkärit,Leipomo,Auto,Kone,Parturi,Konsultointi,Siivous,Kukka,Urheilu,
    Maalaus,Puusepänliike,Kahvila,Asianajotoimisto,Arkkitehdit,Puutarha,Painotalo,Henkilöstöpalvelut,Mainostoimisto,Fysio`),
  cities:
    list(`Helsinki,Espoo,Tampere,Vantaa,Oulu,Turku,Jyväskylä,Lahti,Kuopio,Pori,Kouvola,Joensuu,Lappeenranta,Hämeenlinna,Vaasa,Seinäjoki,
    Rovaniemi,Mikkeli,Kotka,Salo`),
  streets: list('Mannerheimintie,Kauppakatu,Hämeenkatu,Teollisuustie,Koulukatu,Rantatie,Asemakatu,Keskuskatu'),
  legal: list('Oy,Oy,Oy,Oy Ab,Ky,Tmi,Oyj,Osk'),
  sisters: list('Holding,Kiinteistöt,Rakennus,Palvelut,Pohjoinen,Länsi,Invest,Group,Etelä,Huolto'),
  and: list('&,ja,&'),
  months: list(
    'tammikuu,helmikuu,maaliskuu,huhtikuu,toukokuu,kesäkuu,heinäkuu,elokuu,syyskuu,lokakuu,marraskuu,joulukuu',
  ),
  numbers: list('{n},{n},{n},L{n},{y}{n},LASKU-{n}'),
  vat: [25.5, 25.5, 14, 10],
  say: {
    invoice:
      list(`Lasku {n},laskun nro {n},Laskunumero {n},lasku nro. {n},LASKU {n},Maksu laskusta {n},{n},L-nro {n},Laskunro:{n},invoice {n},
      faktura {n},Laskunne {n},#{n},las {n}`),
    credit: list('hyvityslasku {n},miinus hyvitys {n},hyv {n},vähennetty hyvitys {n}'),
    part: list('Osamaksu,osasuoritus,Lyhennys,erä 2,osa laskusta'),
    allOf: list('{m} laskut,Kaikki laskut {m},Ostot {m},Laskut yht {m}'),
    vague: list('Kiitos,maksu,Lasku,Tilisiirto,Tuotteet,Sopimuksen mukaan,Suoritus,Kiitos avusta,Moi,Työt'),
    other: list(
      'Tilaus {n},asiakasnro {n},Asiakasnumero {n},puh {n},Jäsen {n},Projekti {n},Til.nro {n},Viitteenne {n},Sopimus {n}',
    ),
    rent: list('Vuokra {m},Toimitilavuokra {m},Vuokra,Liikehuoneiston vuokra'),
    salary: list('Palkka {m},Palkka,PALKKA,Palkanmaksu {m}'),
    transfer: list('Oma siirto,Tilisiirto,Säästötilille,Siirto omalle tilille,Siirto'),
    cash: list('Käteistalletus,Talletus yökassa,Automaattinosto,Otto.'),
    interest: list('Korko,Talletuskorko,Luottokorko,Koron maksu'),
    fee: list('Palvelumaksu,PALVELUMAKSU {m},Kuukausimaksu,Korttimaksu,Tilinhoitopalkkio'),
    loan: list('Laina {n},Lainan lyhennys ja korko {n},Lyhennys,Lainanhoito {n}'),
    drawing: list('Yksityisotto,Oma otto,Yksityiskäyttö,Kulukorvaus'),
    refund: list('Palautus,Hyvitys,Liikasuoritus palautus,Hyvityslasku {n}'),
    returned: list('Palautunut maksu,Palautus: tili lopetettu,Maksun palautus,Hylätty maksu'),
    batch: list('Maksupalvelu {x},Laskujen maksu,Aineisto {x},Ostolaskut'),
    withheld: list('Ennakonpidätys,Sairausvakuutusmaksu,Työnantajasuoritukset'),
    vat: list('ALV {m},Arvonlisävero,alv'),
    receipts: list(
      'Polttoaine,Pysäköinti,Lounas asiakas,Toimistotarvikkeet,Taksi,Hotelli,Työkalut,Matka,Kahvi,Ohjelmisto,Työvaatteet',
    ),
    lump: list('VIITEMAKSUT YHT {x},Saapuneet viitemaksut,Viitesiirrot,E-laskut kooste'),
    goods: list(
      'Tavarat,Tunnit,Huoltotyö,Konsultointi,Tilausmaksu,Materiaalit,Asennus,Kunnossapito,Kurssi,Laitevuokra',
    ),
  },
  bodies: {
    tax: pairs('Verohallinto|VEROHALLINTO,Verottaja oma-aloitteiset|VEROHALLINTO OMA-ALOITT'),
    pension: pairs('Varma|KESKIN ELÄKEVAK VARMA,Ilmarinen|ILMARINEN,Elo|ELÄKEVAK.YHTIÖ ELO'),
    insurance: pairs('LähiTapiola|LÄHITAPIOLA,Pohjola Vakuutus Oy|POHJOLA VAKUUTUS,If Vahinkovakuutus|IF VAHINKOVAK.'),
    monthly:
      pairs(`Elisa Oyj|ELISA OYJ,DNA Oyj|DNA OYJ,Telia Finland Oyj|TELIA FINLAND,Helen Oy|HELEN,Fortum|FORTUM MARKETS,
      Netvisor|VISMA SOLUTIONS,Procountor|FINAGO OY,Caruna Oy|CARUNA,Securitas Oy|SECURITAS,HSY Vesi|HSY`),
    lender: pairs('OP Yrityspankki laina|OP YRITYSPANKKI,Nordea Rahoitus|NORDEA RAHOITUS,Finnvera|FINNVERA OYJ'),
    factoring: pairs('Svea Rahoitus|SVEA BANK,Ropo Capital|ROPO CAPITAL OY,OP Rahoitus|OP YRITYSPANKKI FACTORING'),
    processor: pairs(
      'Paytrail Oyj|PAYTRAIL,Stripe|STRIPE,Klarna|KLARNA BANK AB,MobilePay|MOBILEPAY FINLAND,Zettle|ZETTLE,SumUp|SUMUP',
    ),
  },
  merchants:
    pairs(`K-Market|K-MARKET KALLIO,S-market|S-MARKET TURTOLA,Prisma|PRISMA ITÄKESKUS,Lidl|LIDL TAMPERE,Biltema|BILTEMA SUOMI,
    Verkkokauppa|VERKKOKAUPPA.COM,Gigantti|GIGANTTI OY,Neste|NESTE K LAHTI,ABC asema|ABC RIIHIMAKI,R-kioski|R-KIOSKI 2121,VR juna|VR-YHTYMA,
    HSL matka|HSL APP,Finnair lento|FINNAIR 105221,Sokos hotelli|SOKOS HOTEL VANTAA,Hesburger|HESBURGER,K-Rauta|K-RAUTA OULU,Bauhaus|BAUHAUS ESPOO,
    EasyPark|EASYPARK OY,Posti|POSTI GROUP,Clas Ohlson|CLAS OHLSON 401,Motonet|MOTONET KAIVOKSELA,Robert's Coffee|ROBERTS COFFEE,Puuilo|PUUILO 22`),
  bank: {
    in: list(`{text}, TILISIIRTO {name} {text}, {name} {text},
      Viesti: {text}, PANO {name} {text}, SEPA-MAKSU {text}`),
    reference: list('VIITEMAKSU {ref},Viite {ref},VIITE: {ref} {name},{ref}'),
    out: list(`{text}, TILISIIRTO {name} {text}, {name} {text},
      VERKKOMAKSU {name} {text}, E-LASKU {name} {text}`),
    card: list('KORTTIOSTO {name} {city} {dm},{name} {city} {c},OSTOPVM {dm} {name},{name}'),
  },
})
