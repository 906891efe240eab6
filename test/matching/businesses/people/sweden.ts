import { list, shops, type Locale } from './locale.ts'

export const sweden: Locale = {
  country: 'SE',
  currency: 'SEK',
  languages: ['sv'],
  dates: 'ymd',
  first: list(
    'Birgitta,Linnéa,Gunilla,Elsa,Maja,Ebba,Ann-Sofie,Margareta,Saga,Kerstin,Åsa,Malin,Agneta,Ulrika,Freja,Pia,Carina,Yvonne,Hampus,Göran,Björn,Lars-Erik,Gustav,Nils,Sven-Olof,Håkan,Viktor,Rasmus,Åke,Mats,Torbjörn,Kjell,Albin,Anton,Jörgen,Stig,Roland,Per-Olov,Hassan,Amina,Zoran,Milica,Örjan,Folke',
  ),
  last: list(
    'Andersson,Johansson,Karlsson,Nilsson,Eriksson,Larsson,Olsson,Persson,Svensson,Gustafsson,Lindqvist,Åkesson,Sjöberg,Wallin,Engström,Björklund,Hedlund,Öberg,Nyström,Ek,Frisk,Modig,Rask,Stål,Hallberg,Åström,Söderlund,Lindh,Ljung,Falk,Norén,Melin,Palm,Sandell,Dahlgren,Mohammed,Petrović,Jonasson,Blom,Hjort',
  ),
  lastStarts: list('Lind,Berg,Söder,Öster,Väster,Nord,Sand,Häll,Ek,Björk,Hed,Holm,Strand,Lund,Sten,Alm'),
  lastEnds: list('gren,ström,qvist,man,berg,lund,stedt,mark,fors,vall,blad,dahl,röm,ner'),
  roots: list(
    'Nord,Skär,Kron,Berg,Göta,Svea,Mälar,Silver,Järn,Glas,Vinter,Tall,Björn,Syd,Hammar,Kust,Stad,Grön,Örn,Små,Fyr,Klippan,Val,Dal',
  ),
  tails: list(
    'bolaget,teknik,fastigheter,konsult,bygg,gruppen,kraft,media,frakt,verken,maskin,handel,system,vård,logistik,hus,interiör,park',
  ),
  trades: list(
    'Måleri,Rör & VVS,El & Tele,Åkeri,Redovisning,Bygg,Plåtslageri,Trädgård,Bilservice,Städ,Fastigheter,Livs,Bageri,Tandläkare,Golv,Snickeri,Konsult,Grossist,Mekaniska,Kyl,Tryckeri,Advokatbyrå,Restaurang,Fisk,Möbler,Hyrmaskiner',
  ),
  forms: ['AB', 'AB', 'AB', 'AB', 'AB', 'HB', 'KB', 'AB (publ)'],
  formFirst: false,
  and: 'och',
  sons: 'Söner',
  cities: list(
    'Stockholm,Göteborg,Malmö,Uppsala,Västerås,Örebro,Linköping,Umeå,Luleå,Borås,Växjö,Kalmar,Gävle,Sundsvall,Ystad,Åre',
  ),
  streets: list(
    'Storgatan,Kungsgatan,Drottninggatan,Björkvägen,Industrigatan,Ringvägen,Skolgatan,Hamngatan,Östra Långgatan,Mejerivägen',
  ),
  shops: shops(`
    ICA|ICA SUPERMARKET {CITY}|60|1300
    Coop|COOP {CITY} {NR}|50|900
    Preem drivmedel|PREEM {CITY} {NR}|300|1300
    Jula|JULA SVERIGE AB {CITY}|79|2900
    Kjell & Company|KJELL & CO {NR}|99|2400
    SJ tågbiljett|SJ AB INTERNET|195|1600
    Staples kontorsmaterial|OFFICE DEPOT SVENSKA|190|3300
    Webhallen|WEBHALLEN {CITY}|299|13900
    Parkering|PARKSTER AB|15|280
    Fika kund|IZ *FIKA & VANNER|60|340
    Lunch|SQ *KVARNEN KOK|115|980
    Bauhaus|BAUHAUS {NR} {CITY}|120|6900
    Trängselskatt|TRANSPORTSTYRELSEN|35|400
    SAS flyg|SAS SCANDINAVIAN AIRL|790|6400
    Postnord porto|POSTNORD SVERIGE|22|890`),
  taxOffice: { book: 'Skatteverket', bank: 'SKATTEVERKET SKATTEKONTO' },
  taxes: list('Arbetsgivaravgifter,Avdragen skatt,Moms,F-skatt,Särskild löneskatt'),
  pensions: list('Collectum,Fora AB,Alecta,AMF Tjänstepension'),
  utilities: list(
    'Telia Sverige AB,Tele2 Sverige,Vattenfall AB,E.ON Energilösningar,Ellevio,Fortnox AB,Stockholm Vatten,Bahnhof AB',
  ),
  insurers: list('Länsförsäkringar Sak,Folksam Ömsesidig,Trygg-Hansa,If Skadeförsäkring AB'),
  lenders: list('Wasa Kredit AB,Handelsbanken Finans,Almi Företagspartner,DLL Finans AB'),
  publicBodies: list(
    'Göteborgs stad,Region Skåne,Umeå kommun,Trafikverket,Örebro universitet,Migrationsverket,Sundbybergs stad',
  ),
}
