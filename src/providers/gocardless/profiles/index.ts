// What has been learned about single banks, by GoCardless's institution id: one file per bank, one line here. The default is right
// for the others. Nothing is known here of pending rows, since none are read.

import type { BankProfile } from '../../provider.ts'
import { abanca } from './abanca.ts'
import { abnAmro } from './abn-amro.ts'
import { alior } from './alior.ts'
import { belfius } from './belfius.ts'
import { bnpFortis } from './bnp-fortis.ts'
import { boursobank } from './boursobank.ts'
import { bper } from './bper.ts'
import { cbc } from './cbc.ts'
import { cetelem } from './cetelem.ts'
import { commerzbank } from './commerzbank.ts'
import { danskeBank } from './danske-bank.ts'
import { easybank } from './easybank.ts'
import { entercard } from './entercard.ts'
import { fortuneo } from './fortuneo.ts'
import { hype } from './hype.ts'
import { ingPl } from './ing-pl.ts'
import { ingRomania } from './ing-romania.ts'
import { isybank } from './isybank.ts'
import { kbc } from './kbc.ts'
import { lhv } from './lhv.ts'
import { nationalBankOfGreece } from './national-bank-of-greece.ts'
import { nationwide } from './nationwide.ts'
import { nordeaFi } from './nordea-fi.ts'
import { norwegian } from './norwegian.ts'
import { raiffeisenAt } from './raiffeisen-at.ts'
import { revolut } from './revolut.ts'
import { sabadell } from './sabadell.ts'
import { seb } from './seb.ts'
import { sebKort } from './seb-kort.ts'
import { sparNord } from './spar-nord.ts'
import { berlinerSparkasse, sparkasse } from './sparkasse.ts'
import { swedbankLv } from './swedbank-lv.ts'
import { virginMoney } from './virgin-money.ts'

export const profiles: Readonly<Record<string, Partial<BankProfile>>> = {
  ABANCA_CAGLESMM: abanca,
  ABANCA_CAGLPTPL: abanca,
  ABANCA_CORP_CAGLPTPL: abanca,
  ABNAMRO_ABNANL2A: abnAmro,
  ALIOR_ALBPPLPW: alior,
  ANDELSKASSEN_FALLESKASSEN_FAELDKK1: sparNord,
  BANCSABADELL_BSABESBB: sabadell,
  BANCSABADELL_BSABESBBB: sabadell,
  BELFIUS_GKCCBEBB: belfius,
  BERLINER_SPARKASSE_BELADEBEXXX: berlinerSparkasse,
  BNP_BE_GEBABEBB: bnpFortis,
  BOURSORAMA_BOUSFRPP: boursobank,
  BPER_RETAIL_BPMOIT22: bper,
  CBC_CREGBEBB: cbc,
  CETELEM_CETMPTP1XXX: cetelem,
  CIRCLE_K_MASTERCARD_DK_SKHSFI21: sebKort,
  CIRCLE_K_MASTERCARD_NO_SKHSFI21: sebKort,
  CIRCLE_K_MASTERCARD_SE_SKHSFI21: sebKort,
  COMMERZBANK_COBADEFF: commerzbank,
  DANSKEBANK_DABADKKK: danskeBank,
  DANSKEBANK_DABANO22: danskeBank,
  DIREKT_HELADEF1822: sparkasse,
  EASYBANK_BAWAATWW: easybank,
  ENTERCARD_SWEDNOKK: entercard,
  EUROCARD_DK_SKHSFI21: sebKort,
  EUROCARD_FI_SKHSFI21: sebKort,
  EUROCARD_NO_SKHSFI21: sebKort,
  EUROCARD_SE_SKHSFI21: sebKort,
  FINTRO_BE_GEBABEBB: bnpFortis,
  FORTUNEO_FTNOFRP1XXX: fortuneo,
  GLOBECARD_DK_SKHSFI21: sebKort,
  GLOBECARD_NO_SKHSFI21: sebKort,
  HELLO_BE_GEBABEBB: bnpFortis,
  HYPE_HYEEIT22: hype,
  INGO_MASTERCARD_SKHSFI21: sebKort,
  ING_INGBROBU: ingRomania,
  ING_PL_INGBPLPW: ingPl,
  ISYBANK_ITBBITMM: isybank,
  KBC_BRUSSELS_KREDBEBB: kbc,
  KBC_KREDBEBB: kbc,
  LAGERNES_BANK_LAPNDKK1: sparNord,
  LHV_LHVBEE22: lhv,
  NATIONWIDE_NAIAGB21: nationwide,
  NBG_ETHNGRAAXXX: nationalBankOfGreece,
  NORDEA_NDEAFIHH: nordeaFi,
  NORDIC_CHOICE_CLUB_NO_SKHSFI21: sebKort,
  NORDIC_CHOICE_CLUB_SE_SKHSFI21: sebKort,
  NORWEGIAN_DE_NORWNOK1: norwegian,
  NORWEGIAN_DK_NORWNOK1: norwegian,
  NORWEGIAN_ES_NORWNOK1: norwegian,
  NORWEGIAN_FI_NORWNOK1: norwegian,
  NORWEGIAN_NO_NORWNOK1: norwegian,
  NORWEGIAN_SE_NORWNOK1: norwegian,
  OPEL_MASTERCARD_SKHSFI21: sebKort,
  RAIFFEISEN_AT_RZBAATWW: raiffeisenAt,
  REVOLUT_REVOLT21: revolut,
  SAAB_MASTERCARD_SKHSFI21: sebKort,
  SAS_MASTERCARD_DK_SKHSFI21: sebKort,
  SAS_MASTERCARD_FI_SKHSFI21: sebKort,
  SAS_MASTERCARD_NO_SKHSFI21: sebKort,
  SAS_MASTERCARD_SE_SKHSFI21: sebKort,
  SCANDIC_SKHSFI21: sebKort,
  SEB_CARD_ESSESESS: sebKort,
  SEB_ESSESESS_PRIVATE: seb,
  SEB_KORT_AB_NO_SKHSFI21: sebKort,
  SEB_KORT_AB_SE_SKHSFI21: sebKort,
  SJ_PRIO_MASTERCARD_SKHSFI21: sebKort,
  SPARNORD_SPNODK22: sparNord,
  SPK_KARLSRUHE_KARSDE66XXX: sparkasse,
  SPK_MARBURG_BIEDENKOPF_HELADEF1MAR: sparkasse,
  SPK_WORMS_ALZEY_RIED_MALADE51WOR: sparkasse,
  SSK_DUSSELDORF_DUSSDEDDXXX: sparkasse,
  SSK_MUNCHEN_SSKMDEMMXXX: sparkasse,
  SWEDBANK_HABALV22: swedbankLv,
  VIRGIN_NRNBGB22: virginMoney,
  WALLET_SKHSFI21: sebKort,
}
