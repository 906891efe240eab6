// Somebody with a current account and a card at the simulated bank.

import type { SimulatedAccount } from '../simulator.ts'

export const drift: SimulatedAccount = {
  key: 'drift',
  type: 'current',
  name: 'Driftskonto',
  iban: 'NO9386011117947',
  currency: 'NOK',
  usage: 'business',
  owner: 'Fjellheim Bygg AS',
  balance: '104500.00',
  transactions: [
    {
      id: 'T-1',
      bookingDate: '2026-11-18',
      amount: '-1250.00',
      currency: 'NOK',
      text: 'Faktura 4711',
      counterparty: { name: 'Betong AS', iban: 'NO5586011859226' },
    },
    {
      id: 'T-2',
      bookingDate: '2026-11-19',
      valueDate: '2026-11-20',
      amount: '5000.00',
      currency: 'NOK',
      text: 'Forskudd',
      counterparty: { name: 'Kari Testperson' },
    },
    { id: 'T-3', bookingDate: '2026-11-21', amount: '-99.00', currency: 'NOK', text: 'Gebyr' },
    { id: 'T-4', bookingDate: '2026-12-01', amount: '-1.00', currency: 'NOK', text: 'Not yet' },
    { id: 'T-0', bookingDate: '2024-01-02', amount: '-7.00', currency: 'NOK', text: 'Long ago' },
  ],
}

export const card: SimulatedAccount = {
  key: 'kort',
  type: 'card',
  name: 'Firmakort',
  maskedPan: '525412******3241',
  currency: 'NOK',
  usage: 'business',
  owner: 'Fjellheim Bygg AS',
  balance: '-450.00',
  transactions: [],
}
