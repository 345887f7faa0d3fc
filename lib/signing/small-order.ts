/** 2^255 - 19: coordinates count modulo this (RFC 7748 section 4.1). */
const P = 2n ** 255n - 19n;

/**
 * The x-coordinates of order 1, 2, 4 and 8 on Curve25519 and its twist, reduced. With any of them every agreement comes to zero.
 * The two long ones are the points of order 8.
 */
const SMALL = new Set([
  0n,
  1n,
  P - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
]);

/** Says whether an X25519 public key (32 bytes, base64url, little-endian) is a point of small order, in any of its encodings. */
export function isOfSmallOrder(x: string): boolean {
  const hex = Buffer.from(x, 'base64url').reverse().toString('hex');
  // The highest bit is ignored (RFC 7748 section 5).
  const coordinate = BigInt(`0x${hex}`) & (2n ** 255n - 1n);
  return SMALL.has(coordinate % P);
}
