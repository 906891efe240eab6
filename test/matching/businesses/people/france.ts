import { list, shops, type Locale } from './locale.ts'

export const france: Locale = {
  country: 'FR',
  currency: 'EUR',
  languages: ['fr'],
  dates: 'd/m/y',
  first: list(
    'Mireille,Aurélie,Geneviève,Élodie,Océane,Josiane,Maëlle,Thérèse,Brigitte,Clémence,Anne-Laure,Sandrine,Chantal,Inès,Zoé,Noémie,Guillaume,Rémi,François,Jean-Pierre,Loïc,Cédric,Hervé,Gaëtan,Étienne,Jérôme,Mathieu,Pascal,Raphaël,Sébastien,Frédéric,Alain,Mickaël,Karim,Leïla,Moussa,Bernard,Serge,Régis,Yann',
  ),
  last: list(
    'Martin,Bernard,Thomas,Petit,Robert,Richard,Durand,Dubois,Moreau,Laurent,Simon,Michel,Lefèvre,Leroy,Roux,David,Bertrand,Morel,Fournier,Girard,Bonnet,Dupont,Lambert,Fontaine,Rousseau,Vincent,Müller,Lefebvre,Faure,André,Mercier,Blanc,Guérin,Boyer,Garnier,Chevalier,François,Legrand,Gauthier,Perrin,Benali,Traoré,Le Goff,Kervella',
  ),
  lastStarts: list('Beau,Mont,Château,Bel,De la ,Du ,Grand,Le ,Ville,Font,Haut,Cham'),
  lastEnds: list('champ,mont,pré,rive,croix,bois,lieu,pont,fort,neuf,val,manoir'),
  roots: list(
    'Atlan,Gasco,Armor,Provence,Rhône,Alpes,Occi,Loire,Lutèce,Mistral,Azur,Cap,Breizh,Sud,Étoile,Vauban,Garonne,Horizon,Bastide,Lys,Émeraude',
  ),
  tails: list(
    'tech,bat,services,conseil,logis,pack,trans,immo,distribution,énergie,bois,food,média,élec,print,négoce,design',
  ),
  trades: list(
    'Plomberie,Électricité Générale,Maçonnerie,Cabinet Comptable,Transports,Immobilier,Couverture,Menuiserie,Nettoyage,Grossiste,Boulangerie,Garage,Cabinet Dentaire,Décoration,Traiteur,Imprimerie,Avocats,Chauffage,Paysagiste,Marée,Peinture,Charpente,Pharmacie',
  ),
  forms: ['SARL', 'SARL', 'SAS', 'SAS', 'EURL', 'SA', 'SCI', 'SASU', 'EI'],
  formFirst: true,
  and: 'et',
  sons: 'Fils',
  cities: list(
    'Paris,Lyon,Marseille,Nantes,Toulouse,Rennes,Bordeaux,Lille,Grenoble,Brest,Angers,Nîmes,Orléans,Pau,Béziers,Le Mans',
  ),
  streets: list(
    'rue de la Gare,avenue Foch,place du Marché,rue Pasteur,chemin des Vignes,bd Voltaire,allée des Tilleuls,rue Victor Hugo,impasse du Moulin',
  ),
  shops: shops(`
    Carrefour|CARREFOUR CITY {CITY}|4|120
    Leclerc|E.LECLERC {CITY}|6|160
    Total carburant|TOTAL ACCESS {NR}|30|120
    Leroy Merlin|LEROY MERLIN {CITY}|9|620
    Castorama|CASTORAMA {CITY}|8|480
    SNCF billet|SNCF INTERNET PARIS|14|220
    Bureau Vallée|BUREAU VALLEE {NR}|8|220
    Fnac|FNAC {CITY}|15|1290
    Stationnement|PAYBYPHONE|2|24
    Café client|SUMUP *LE ZINC|3|26
    Restaurant affaires|RESTAU LA TABLE DE {LAST}|28|190
    Point P|POINT P {CITY}|18|980
    Amazon|AMAZON EU SARL|7|420
    Air France|AIR FRANCE {NR}|99|690
    La Poste|LA POSTE {NR}|2|85`),
  taxOffice: { book: 'DGFiP', bank: 'DIRECTION GENERALE DES FINANCES PUB' },
  taxes: list('TVA CA3,Prélèvement à la source,Impôt sur les sociétés,CFE'),
  pensions: list('URSSAF,AG2R Agirc-Arrco,Malakoff Humanis,Pro BTP'),
  utilities: list(
    'Orange SA,SFR Business,EDF Entreprises,Engie Pro,Veolia Eau,Free Pro,Pennylane,TotalEnergies Électricité',
  ),
  insurers: list('MAAF Assurances,AXA France IARD,Groupama,Allianz IARD'),
  lenders: list('BNP Paribas Lease Group,Bpifrance Financement,Crédit Agricole Leasing,CIC Ouest'),
  publicBodies: list(
    'Mairie de Rennes,Trésorerie Gironde,CHU Nantes,Conseil Départemental 29,Rectorat Toulouse,Communauté urbaine Brest,DRFIP Bretagne',
  ),
}
