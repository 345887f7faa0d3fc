import { Button } from './button';

/** The second button of a file that looks like a machine with a seat: it is another one, and takes a seat of its own. */
export function AnotherMachine({ takesSeat }: { readonly takesSeat: boolean }) {
  return (
    <Button kind="secondary" size="large" type="submit" name="another" value="yes">
      {takesSeat ? 'This is another machine' : 'This is another machine: use a seat'}
    </Button>
  );
}
