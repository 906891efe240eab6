import type { Texts } from './texts.ts'

const daysInEnglish = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

export const en: Texts = {
  agree: 'Agree and continue',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  checkAgain: 'Check again',
  returnTo: (tenant) => `Return to ${tenant}`,
  theSender: 'the person who sent you the link',

  welcome: {
    heading: (tenant) => `${tenant} asks to read bank accounts`,
    intro: (tenant, company) =>
      `${company} keeps its books with ${tenant}. To fetch the bank transactions, ${tenant} needs your permission.`,
    bankHeading: 'The bank',
    sharedHeading: 'What will be shared',
    shared: ['Balances', 'Booked transactions', 'Account names, numbers and owners'],
    receiver: (tenant, company) => `${tenant} receives it, for the books of ${company}.`,
    safeHeading: 'What it does not allow',
    safe: 'Nobody can move money with it. You log in on your bank’s own page, and your login stays there.',
    durationHeading: 'For how long',
    durationAtBank: (count) =>
      `For up to ${daysInEnglish(count)} from your approval. Then it ends by itself, unless you renew it.`,
    durationUnknown:
      'For as long as your bank allows: the next page says how many days. Then it ends by itself, unless you renew it.',
    withdrawHeading: 'If you change your mind',
    withdraw: (tenant) => `You can withdraw your permission at any time, at your bank or by telling ${tenant}.`,
    nextAtBank: (bank) => `Next, you log in at ${bank} and approve.`,
    nextChoose: 'Next, you choose your bank, log in there and approve.',
  },

  accountsHeading: 'Accounts to tick at the bank',
  accountsIntro: 'If the bank asks which accounts to share, choose these:',

  chooseBank: {
    heading: 'Choose your bank',
    intro: 'You log in and approve on the bank’s own page, and then come back.',
    searchLabel: 'Name of the bank',
    search: 'Search',
    listHeading: 'Banks',
    upToDays: (count) => `up to ${daysInEnglish(count)}`,
    more: 'There are more banks. Search by name to find yours.',
    noneFound: (search) => `No bank matches “${search}”. Try a part of its name.`,
    none: 'There is no bank to choose here yet. You may close this window.',
    showAll: 'Show all banks',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} does not answer`,
    text: 'Nothing has been shared. Wait a few minutes, and try again.',
    chooseAnother: 'Choose another bank',
  },
  bankRefused: {
    heading: (bank) => `${bank} does not let you begin`,
    text: (tenant) => `Nothing has been shared. Try again later. If this comes back, tell ${tenant}.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `${company} has to sign an agreement first`,
      text: (bank, company, tenant) =>
        `At ${bank} nobody can give access before ${company} has signed an agreement, once for the whole company. ${tenant} has it signed. Nothing has been shared; open this link again when it is done.`,
    },
    wait: {
      heading: (company) => `The agreement of ${company} is being checked`,
      text: (bank, company, tenant) =>
        `${company} has signed the agreement that ${bank} asks for, and it is being looked at. That takes some working days, and you need not do anything. ${tenant} is told when it is approved; open this link again then.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'It was cancelled last time',
      text: () => 'Nothing has been shared. You can start again below, or close this window.',
    },
    rejected_by_bank: {
      heading: 'The bank refused last time',
      text: () =>
        'Nothing has been shared. Perhaps that login may not give access to the company’s accounts. Ask the bank, or let somebody who may open this link.',
    },
    insufficient_rights: {
      heading: 'No account could be shared last time',
      text: () =>
        'That login may share none of the company’s accounts. Log in as somebody who may, or let them open this link.',
    },
    wrong_account_type: {
      heading: 'It was the wrong kind of account last time',
      text: () =>
        'Only business accounts can be connected here. Nothing of the others was kept. Start again, and choose business accounts at the bank.',
    },
    bank_unavailable: {
      heading: 'The bank did not answer last time',
      text: () => 'Nothing has been shared. Try again now, or in a while.',
    },
    provider_error: {
      heading: 'Something went wrong last time',
      text: (tenant) => `Nothing has been shared. Try again. If this comes back, tell ${tenant}.`,
    },
    timed_out: {
      heading: 'It took too long last time',
      text: () => 'Nothing has been shared. Start again, and finish at the bank without a long pause.',
    },
  },
  refusedIntro: 'These accounts were not accepted:',

  notices: {
    link_unknown: {
      heading: 'This link does not work',
      text: (tenant) => `Check that the whole link was copied. If it was, ask ${tenant} for a new one.`,
    },
    link_expired: {
      heading: 'This link has expired',
      text: (tenant) => `Nothing more can be approved with it. Ask ${tenant} for a new one.`,
    },
    link_withdrawn: {
      heading: 'This link was withdrawn',
      text: (tenant) => `You need not do anything. If you expected to use it, ask ${tenant} for a new one.`,
    },
    link_used: {
      heading: 'This link has been used',
      text: (tenant) =>
        `Access was approved with it; you need not do anything more. To add a bank or an account, ask ${tenant} for a new link.`,
    },
    unconfirmed: {
      heading: 'Your bank has not confirmed yet',
      text: (tenant) =>
        `This page asks again by itself. You may also close it: what you approved is not lost, and ${tenant} is told as soon as the bank confirms. If somebody else at your company has to approve too, it waits for them.`,
    },
    too_many_requests: {
      heading: 'Too many requests',
      text: (tenant) => `Wait a minute, and open the link again. If this comes back, tell ${tenant}.`,
    },
    went_wrong: {
      heading: 'Something went wrong',
      text: (tenant) =>
        `The fault is ours. Wait a minute, and open the link again. If this comes back, tell ${tenant}.`,
    },
  },
}
