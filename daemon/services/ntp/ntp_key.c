/* ntp_key.c — a key found by its id. */
#include "services/ntp/ntp_key.h"

size_t
ntp_key_find(const struct ntp_key *keys, size_t count, uint32_t id)
{
	size_t from = 0, to = count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (keys[middle].id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < count && keys[from].id == id ? from : count;
}
