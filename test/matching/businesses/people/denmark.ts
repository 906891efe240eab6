import { list, shops, type Locale } from './locale.ts'

export const denmark: Locale = {
  country: 'DK',
  currency: 'DKK',
  languages: ['da'],
  dates: 'd.m',
  first: list(
    'Kirsten,Mette,Anne Marie,Bodil,Inge,Pernille,Signe,Karen Margrethe,Rikke,Tove,Jytte,Birthe,Gitte,Freja,Cæcilie,Sofie,Lone,Dorthe,Søren,Niels,Jørgen,Bent,Flemming,Jens Peter,Mikkel,Rasmus,Poul,Torben,Ejnar,Aksel,Kaj,Henning,Lars Bo,Claus,Steen,Preben,Mads,Troels,Yusuf,Aisha,Øjvind,Asger',
  ),
  last: list(
    'Nielsen,Jensen,Hansen,Pedersen,Andersen,Christensen,Larsen,Sørensen,Rasmussen,Jørgensen,Petersen,Madsen,Kristensen,Olsen,Thomsen,Møller,Knudsen,Mortensen,Bech,Kjær,Holm,Lauridsen,Dahl,Friis,Krogh,Brandt,Vestergaard,Nørgaard,Bang,Juhl,Skov,Overgaard,Toft,Winther,Bruun,Koch,Ravn,Hald,Øster,Ågård',
  ),
  lastStarts: list('Vester,Øster,Nørre,Sønder,Kirke,Bæk,Lund,Sø,Mark,Dam,Skov,Over,Neder,Bjerre,Grøn,Hede'),
  lastEnds: list('gaard,by,bæk,borg,lund,toft,skov,holm,dal,mose,bjerg,rup,sted,kær'),
  roots: list(
    'Nord,Dan,Sund,Bælt,Jyde,Lim,Rav,Kyst,Mølle,Vind,Sand,Kilde,Fjord,Hav,Grøn,Stjerne,Kron,Øre,Hede,Strand,Svane,Ege,Blå',
  ),
  tails: list(
    'byg,teknik,gruppen,huset,service,consult,auto,møbler,foods,pack,marine,glas,vognmand,energi,revision,print,bageri,data',
  ),
  trades: list(
    'VVS,Tømrer & Snedker,Murerfirma,El-Service,Vognmandsforretning,Revision,Ejendomme,Autoværksted,Rengøring,Malerfirma,Smedje,Bageri,Fiskehandel,Tandlæge,Catering,Kloakservice,Anlægsgartner,Engros,Møbler,Tryk,Arkitekter,Kødengros,Vinimport',
  ),
  forms: ['ApS', 'ApS', 'ApS', 'A/S', 'A/S', 'I/S', 'K/S', 'P/S'],
  formFirst: false,
  and: 'og',
  sons: 'Sønner',
  cities: list(
    'København,Aarhus,Odense,Aalborg,Esbjerg,Randers,Kolding,Horsens,Vejle,Roskilde,Herning,Helsingør,Silkeborg,Næstved,Køge,Rønne',
  ),
  streets: list(
    'Vestergade,Nørregade,Østerbrogade,Kongevejen,Industrivej,Møllevej,Skolevej,Strandvejen,Bredgade,Havnevej,Søndergade',
  ),
  shops: shops(`
    Netto|NETTO {CITY}|25|700
    Rema 1000|REMA1000 {NR}|30|800
    OK benzin|OK {CITY} BENZIN|200|900
    Silvan|SILVAN {NR} {CITY}|60|2900
    Harald Nyborg|HARALD NYBORG {CITY}|49|1900
    DSB billet|DSB NETBUTIK|72|820
    Lomax kontorartikler|LOMAX A/S|150|2600
    Power|POWER {CITY}|199|9900
    Parkering|EASYPARK A/S|12|220
    Storebælt|STOREBAELT BRO|140|270
    Kaffe|MOBILEPAY*KAFFEBAR|30|180
    Frokost kunde|ZTL*SKIPPERKROEN|180|1500
    Stark|STARK {CITY}|100|7900
    Matas gaver|MATAS {NR}|60|700
    SAS|SAS SCANDINAVIAN|699|4900`),
  taxOffice: { book: 'Skattestyrelsen', bank: 'SKATTEFORVALTNINGEN SKATTEKONTO' },
  taxes: list('A-skat,AM-bidrag,Moms,Lønsumsafgift,Selskabsskat'),
  pensions: list('PensionDanmark,PFA Pension,ATP,Industriens Pension,Samlet Betaling FerieKonto'),
  utilities: list(
    'TDC Erhverv,YouSee Erhverv,Ørsted Salg,Norlys Energi A/S,HOFOR,e-conomic danmark A/S,Radius Elnet,3 Erhverv',
  ),
  insurers: list('Tryg Forsikring A/S,Topdanmark,Alm. Brand,Codan Forsikring'),
  lenders: list('Jyske Finans A/S,Nykredit Leasing,Vækstfonden,Nordea Finance'),
  publicBodies: list(
    'Aarhus Kommune,Region Hovedstaden,Statens Administration,Aalborg Universitet,Vejdirektoratet,Københavns Kommune',
  ),
}
