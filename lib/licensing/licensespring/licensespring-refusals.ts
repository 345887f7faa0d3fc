import type { Refusal } from '../refusals/refusal';

/** Files of the LicenseSpring dialect that cannot be opened (docs/formats/licensespring.md). */
export const LICENSESPRING_REFUSALS = {
  'file-not-base64': {
    cause: 'The file is not the base64 text that this kind of request is.',
    fix: 'Copy the file from the device once more, whole and without opening it in an editor.',
    who: 'you',
  },
  'file-json-refused': {
    cause: 'The content of the file is damaged, or no device wrote it ({problem}).',
    fix: 'Copy the file from the device once more. If it happens again, write a new request on the device.',
    who: 'you',
  },
  'file-identity-missing': {
    cause: 'The request does not say whose it is: {field} is missing.',
    fix: 'Enter the licence key or the user name on the device, then write a new request.',
    who: 'the-device',
  },
  'file-field-missing': {
    cause: 'The request is not complete: {field} is missing.',
    fix: 'Use the software version that fits this portal, and write the request again.',
    who: 'the-vendor',
  },
  'file-field-refused': {
    cause: 'The request says something that this format does not allow ({field}).',
    fix: 'Use the software version that fits this portal, and write the request again.',
    who: 'the-vendor',
  },
  'file-client-unknown': {
    cause: 'The software that wrote this request names itself by a key that this portal does not take.',
    fix: 'Check that the software was built for this portal, and that its key was not withdrawn.',
    who: 'the-vendor',
  },
  'file-client-not-for-product': {
    cause: 'The software that wrote this request may not ask for the product {product}.',
    fix: 'Ask the vendor for the software of this product, or to allow its key for it.',
    who: 'the-vendor',
  },
  'file-inner-signature-differs': {
    cause: 'One of the two signatures of the request is not right: the file was changed, or put together from two.',
    fix: 'Write a new request on the device and bring it here unchanged.',
    who: 'the-device',
  },
  'file-schema-too-old': {
    cause: 'The request is signed in the way of version {found}; the product {product} takes version {wanted} only.',
    fix: 'Update the software on the device, then write a new request.',
    who: 'the-device',
  },
  'file-kind-unclear': {
    cause: 'Neither the file nor its name says whether it asks for an activation or gives a seat back.',
    fix: 'Say what it was written for. If you do not know, write a new request on the device.',
    who: 'you',
  },
  'file-kind-unsigned': {
    cause:
      'The request does not say whether it asks for an activation or gives a seat back. It is of version 2, where the file has to say it under its signature.',
    fix: 'Use the software version that writes what a request is for, and write the request again.',
    who: 'the-vendor',
  },
  'file-kind-differs': {
    cause: 'The file asks for {found}, and you asked for {asked}.',
    fix: 'Bring the file to where the other is asked for, or choose the other file.',
    who: 'you',
  },
  'file-predates-activation': {
    cause: 'The device wrote this file on {issuedAt}, which is not later than its newest activation, of {activatedAt}.',
    fix: 'Check the clock of the device, deactivate on it once more and bring the new file. If the software is gone, release the seat here.',
    who: 'the-device',
  },
} as const satisfies Record<string, Refusal>;
