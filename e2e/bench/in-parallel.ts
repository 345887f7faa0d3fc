/**
 * Hands the items to clients, each of which takes the next one as soon as it is done with the last.
 *
 * @returns the results, in the order of the items
 */
export async function inParallel<Client, Item, Value>(
  clients: readonly Client[],
  items: readonly Item[],
  act: (item: Item, client: Client) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  const queue = items.entries();
  const work = async (client: Client) => {
    for (const [index, item] of queue) values[index] = await act(item, client);
  };
  await Promise.all(clients.map(work));
  return values;
}
