// Which addresses may be reached when a stranger says where: those of the public internet, and what the operator has named.

import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

export type MayReach = (address: string, connection: { readonly isSecure: boolean }) => boolean

/** All addresses that a name leads to. */
export type Resolve = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** A network in CIDR, `10.20.0.0/16`; null when it is none. */
export function parseNetwork(text: string): Network | null {
  try {
    const [address, bits] = ipaddr.parseCIDR(text)
    return { address, bits }
  } catch {
    return null
  }
}

export type Network = { readonly address: ipaddr.IPv4 | ipaddr.IPv6; readonly bits: number }

/**
 * Public addresses over TLS, and whatever else is in `networks`, over plain HTTP too. An IPv4 address in IPv6's clothes is what it is; one that is reached
 * through a translator (NAT64, 6to4, Teredo) is refused whatever it leads to.
 */
export const mayReachPublic =
  (networks: readonly Network[]): MayReach =>
  (text, { isSecure }) => {
    if (!ipaddr.isValid(text)) return false
    const address = ipaddr.process(text)
    if (networks.some((network) => isWithin(address, network))) return true
    return isSecure && address.range() === 'unicast' && (address.kind() === 'ipv4' || isWithin(address, globalUnicast))
  }

/** All that has been given out of IPv6; what lies outside is for something else, or nobody's. */
const globalUnicast: Network = { address: ipaddr.IPv6.parse('2000::'), bits: 3 }

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, { address: network, bits }: Network): boolean =>
  address.kind() === network.kind() && address.match(network, bits)

export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
  constructor() {
    super('the address may not be reached')
  }
}

/** A look-up whose answers have all been checked; what it answers is what is connected to. One bad address is enough to refuse a name. */
export const checkedLookup =
  (allows: (address: string) => boolean, resolve: Resolve = systemLookup): LookupFunction =>
  (name, options, callback) =>
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null) callback(error, '', 0)
      else if (first === undefined || !addresses.every(({ address }) => allows(address)))
        callback(new RefusedAddress(), '', 0)
      else if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
