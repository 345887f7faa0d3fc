import { encryptTo } from '../jwe';
import { generateExchangeKeyPair } from '../key-pair';

// A process of its own, so that it can be ended when it stands still: encrypts to keys of both curves, again and again.

const [count = 0] = process.argv.slice(2).map(Number);
const recipients = [await generateExchangeKeyPair('X25519'), await generateExchangeKeyPair('P-256')];
for (let round = 0; round < count; round += 1) {
  // Of another length each time, so that garbage is collected at another step each time.
  const text = 'A'.repeat(1 + ((round * 37) % 1000));
  for (const { publicJwk } of recipients) encryptTo(text, publicJwk);
}
