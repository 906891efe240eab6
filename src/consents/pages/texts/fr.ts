import type { Texts } from './texts.ts'

// A name follows « à » and « par », never « de », which would have to be elided before some.

const daysIn = (count: number): string => (count === 1 ? '1 jour' : `${count} jours`)

export const fr: Texts = {
  agree: 'Accepter et continuer',
  cancel: 'Annuler',
  tryAgain: 'Réessayer',
  checkAgain: 'Vérifier à nouveau',
  returnTo: (tenant) => `Revenir à ${tenant}`,
  theSender: 'la personne qui vous a envoyé le lien',

  welcome: {
    heading: (tenant) => `${tenant} demande à lire des comptes bancaires`,
    intro: (tenant, company) =>
      `${company} tient sa comptabilité avec ${tenant}. Pour récupérer les opérations bancaires, ${tenant} a besoin de votre autorisation.`,
    bankHeading: 'La banque',
    sharedHeading: 'Ce qui sera partagé',
    shared: ['Les soldes', 'Les opérations comptabilisées', 'Les noms, numéros et titulaires des comptes'],
    receiver: (tenant, company) => `${tenant} les reçoit, pour la comptabilité tenue par ${company}.`,
    safeHeading: 'Ce que cela ne permet pas',
    safe: 'Personne ne peut déplacer d’argent avec cette autorisation. Vous vous connectez sur la page de votre banque, et vos identifiants y restent.',
    durationHeading: 'Pour combien de temps',
    durationAtBank: (count) =>
      `Pour ${daysIn(count)} au plus à partir de votre accord. L’autorisation prend ensuite fin d’elle-même, sauf si vous la renouvelez.`,
    durationUnknown:
      'Aussi longtemps que votre banque le permet : la page suivante indique combien de jours. L’autorisation prend ensuite fin d’elle-même, sauf si vous la renouvelez.',
    withdrawHeading: 'Si vous changez d’avis',
    withdraw: (tenant) =>
      `Vous pouvez retirer votre autorisation à tout moment, auprès de votre banque ou en le disant à ${tenant}.`,
    nextAtBank: (bank) => `Ensuite, vous vous connectez chez ${bank} et vous approuvez.`,
    nextChoose: 'Ensuite, vous choisissez votre banque, vous vous y connectez et vous approuvez.',
  },

  accountsHeading: 'Comptes à cocher à la banque',
  accountsIntro: 'Si la banque demande quels comptes partager, choisissez ceux-ci :',

  chooseBank: {
    heading: 'Choisissez votre banque',
    intro: 'Vous vous connectez et approuvez sur la page de la banque, puis vous revenez ici.',
    searchLabel: 'Nom de la banque',
    search: 'Rechercher',
    listHeading: 'Banques',
    upToDays: (count) => `${daysIn(count)} au plus`,
    more: 'Il y a d’autres banques. Cherchez la vôtre par son nom.',
    noneFound: (search) => `Aucune banque ne correspond à « ${search} ». Essayez une partie de son nom.`,
    none: 'Il n’y a pas encore de banque à choisir ici. Vous pouvez fermer cette fenêtre.',
    showAll: 'Afficher toutes les banques',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} ne répond pas`,
    text: 'Rien n’a été partagé. Attendez quelques minutes, puis réessayez.',
    chooseAnother: 'Choisir une autre banque',
  },
  bankRefused: {
    heading: (bank) => `${bank} ne vous laisse pas commencer`,
    text: (tenant) => `Rien n’a été partagé. Réessayez plus tard. Si cela se reproduit, prévenez ${tenant}.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `${company} doit d’abord signer un contrat`,
      text: (bank, company, tenant) =>
        `Chez ${bank}, personne ne peut donner accès avant que ${company} ait signé un contrat, une seule fois pour toute l’entreprise. ${tenant} s’occupe de le faire signer. Rien n’a été partagé. Rouvrez ce lien lorsque ce sera fait.`,
    },
    wait: {
      heading: (company) => `Le contrat de ${company} est en cours d’examen`,
      text: (bank, company, tenant) =>
        `${company} a signé le contrat que ${bank} demande, et il est en cours d’examen. Cela prend quelques jours ouvrés ; vous n’avez rien à faire. ${tenant} sera averti dès qu’il sera approuvé. Rouvrez alors ce lien.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'La dernière fois, cela a été annulé',
      text: () => 'Rien n’a été partagé. Vous pouvez recommencer ci-dessous, ou fermer cette fenêtre.',
    },
    rejected_by_bank: {
      heading: 'La dernière fois, la banque a refusé',
      text: () =>
        'Rien n’a été partagé. Ces identifiants ne permettent peut-être pas de donner accès aux comptes de l’entreprise. Renseignez-vous à la banque, ou laissez une personne habilitée ouvrir ce lien.',
    },
    insufficient_rights: {
      heading: 'La dernière fois, aucun compte n’a pu être partagé',
      text: () =>
        'Ces identifiants ne permettent de partager aucun compte de l’entreprise. Connectez-vous au nom d’une personne qui le peut, ou laissez-la ouvrir ce lien.',
    },
    wrong_account_type: {
      heading: 'La dernière fois, ce n’était pas le bon type de compte',
      text: () =>
        'Seuls des comptes professionnels peuvent être connectés ici. Rien n’a été conservé des autres. Recommencez, et choisissez des comptes professionnels à la banque.',
    },
    bank_unavailable: {
      heading: 'La dernière fois, la banque n’a pas répondu',
      text: () => 'Rien n’a été partagé. Réessayez maintenant, ou dans un moment.',
    },
    provider_error: {
      heading: 'La dernière fois, un problème est survenu',
      text: (tenant) => `Rien n’a été partagé. Réessayez. Si cela se reproduit, prévenez ${tenant}.`,
    },
    timed_out: {
      heading: 'La dernière fois, cela a pris trop de temps',
      text: () => 'Rien n’a été partagé. Recommencez, et terminez à la banque sans longue pause.',
    },
  },
  refusedIntro: 'Ces comptes n’ont pas été acceptés :',

  notices: {
    link_unknown: {
      heading: 'Ce lien ne fonctionne pas',
      text: (tenant) => `Vérifiez que le lien a été copié en entier. Si oui, demandez-en un nouveau à ${tenant}.`,
    },
    link_expired: {
      heading: 'Ce lien a expiré',
      text: (tenant) => `Il ne permet plus de rien approuver. Demandez-en un nouveau à ${tenant}.`,
    },
    link_withdrawn: {
      heading: 'Ce lien a été retiré',
      text: (tenant) => `Vous n’avez rien à faire. Si vous comptiez l’utiliser, demandez-en un nouveau à ${tenant}.`,
    },
    link_used: {
      heading: 'Ce lien a déjà servi',
      text: (tenant) =>
        `L’accès a été approuvé avec ce lien ; vous n’avez plus rien à faire. Pour ajouter une banque ou un compte, demandez un nouveau lien à ${tenant}.`,
    },
    unconfirmed: {
      heading: 'Votre banque n’a pas encore confirmé',
      text: (tenant) =>
        `Cette page redemande d’elle-même. Vous pouvez aussi la fermer : ce que vous avez approuvé n’est pas perdu, et ${tenant} en sera informé dès que la banque confirmera. Si une autre personne de votre entreprise doit approuver aussi, elle est attendue.`,
    },
    too_many_requests: {
      heading: 'Trop de demandes',
      text: (tenant) => `Attendez une minute, puis rouvrez le lien. Si cela se reproduit, prévenez ${tenant}.`,
    },
    went_wrong: {
      heading: 'Un problème est survenu',
      text: (tenant) =>
        `La faute est la nôtre. Attendez une minute, puis rouvrez le lien. Si cela se reproduit, prévenez ${tenant}.`,
    },
  },
}
