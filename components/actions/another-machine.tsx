import { Button } from './button';

/** Second button for a file that resembles a machine with a seat: states that it is another machine and takes its own seat. */
export function AnotherMachine({ takesSeat }: { readonly takesSeat: boolean }) {
  return (
    <Button kind="secondary" size="large" type="submit" name="another" value="yes">
      {takesSeat ? 'This is another machine' : 'This is another machine: use a seat'}
    </Button>
  );
}
