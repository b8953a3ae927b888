/* ntp_interleaved.c — when replies left, remembered for the next request. */
#include "services/ntp/ntp_interleaved.h"

#include "core/bytes.h"
#include "core/ntp_header.h"
#include "core/siphash.h"

#include <string.h>

enum {
	/* Requests of one client that came in the same instant, as the clock
	 * sees it, and how far their stamps are moved apart. */
	STAMPS_MAX = 4,
	STAMP_STEP = 2, /* 2^-32 s; keeps the lowest bit as it is */
};

_Static_assert(
    sizeof(struct ntp_interleaved_entry) * NTP_INTERLEAVED_WAYS == 64,
    "a bucket is a cache line");
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "no locks in shared memory");

/* Where the entry of a client and stamp is, if it is. */
struct place {
	struct ntp_interleaved_entry *bucket;
	uint64_t tag; /* whose the entry is */
};

/*
 * Both hashes are secret: nobody can say whose entries share a bucket with his
 * own, or make up a tag. The bucket is one of a few that the address alone
 * chooses, so that an address has few.
 */
static struct place
place_of(const struct ntp_interleaved *interleaved, const struct addr *client,
    uint64_t receive)
{
	uint8_t bytes[16 + 8] = {0};

	if (client->any.sa_family == AF_INET6)
		memcpy(bytes, &client->in6.sin6_addr, 16);
	else
		memcpy(bytes, &client->in4.sin_addr, 4);

	uint64_t group = siphash(interleaved->key, (struct span){bytes, 16}) /
	                 NTP_INTERLEAVED_SPREAD * NTP_INTERLEAVED_SPREAD;

	bytes_put64be(bytes + 16, receive);

	uint64_t tag = siphash(interleaved->key, (struct span){bytes, 24});
	uint64_t bucket =
	    (group + tag % NTP_INTERLEAVED_SPREAD) % NTP_INTERLEAVED_BUCKETS;

	return (struct place){interleaved->table->entries[bucket], tag};
}

static uint64_t
transmit_of(const struct ntp_interleaved_entry *entry)
{
	return atomic_load_explicit(&entry->transmit, memory_order_relaxed);
}

/* The entry that PLACE is of and its TRANSMIT; NULL: there is none. */
static struct ntp_interleaved_entry *
find(const struct place *place, uint64_t *transmit)
{
	for (size_t i = 0; i < NTP_INTERLEAVED_WAYS; i++) {
		struct ntp_interleaved_entry *entry = &place->bucket[i];
		uint64_t check =
		    atomic_load_explicit(&entry->check, memory_order_relaxed);

		*transmit = transmit_of(entry);
		if (*transmit != 0 && (check ^ *transmit) == place->tag)
			return entry;
	}
	return NULL;
}

/* One that is free, or the oldest. Differences modulo 2^64 hold across eras. */
static struct ntp_interleaved_entry *
oldest(const struct place *place)
{
	struct ntp_interleaved_entry *found = &place->bucket[0];

	for (size_t i = 0; i < NTP_INTERLEAVED_WAYS; i++) {
		struct ntp_interleaved_entry *entry = &place->bucket[i];

		if (transmit_of(entry) == 0)
			return entry;
		if ((int64_t)(transmit_of(entry) - transmit_of(found)) < 0)
			found = entry;
	}
	return found;
}

bool
ntp_interleaved_keep(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint64_t receive, uint64_t transmit)
{
	struct place place = place_of(interleaved, client, receive);
	uint64_t other;

	if (find(&place, &other) != NULL)
		return false;

	struct ntp_interleaved_entry *entry = oldest(&place);

	atomic_store_explicit(
	    &entry->check, place.tag ^ transmit, memory_order_relaxed);
	atomic_store_explicit(&entry->transmit, transmit, memory_order_relaxed);
	return true;
}

bool
ntp_interleaved_remember(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint8_t *packet, uint64_t transmit)
{
	uint64_t receive = bytes_get64be(packet + NTP_HEADER_RECEIVE);

	for (unsigned i = 0; i < STAMPS_MAX; i++, receive += STAMP_STEP) {
		if ((int64_t)(transmit - receive) <= 0)
			return false;
		if (!ntp_interleaved_keep(
		        interleaved, client, receive, transmit))
			continue;
		bytes_put64be(packet + NTP_HEADER_RECEIVE, receive);
		return true;
	}
	return false;
}

void
ntp_interleaved_improve(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint64_t receive, uint64_t transmit)
{
	struct place place = place_of(interleaved, client, receive);
	uint64_t old;
	struct ntp_interleaved_entry *entry = find(&place, &old);

	/* Not if it has been taken or driven out meanwhile. Until both words
	 * are written, whoever asks for it finds nothing. */
	if (entry != NULL &&
	    atomic_compare_exchange_strong_explicit(&entry->transmit, &old,
	        transmit, memory_order_relaxed, memory_order_relaxed))
		atomic_store_explicit(
		    &entry->check, place.tag ^ transmit, memory_order_relaxed);
}

uint64_t
ntp_interleaved_take(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint64_t receive)
{
	struct place place = place_of(interleaved, client, receive);
	uint64_t transmit;
	struct ntp_interleaved_entry *entry = find(&place, &transmit);

	/* Of two that ask at once, one gets it. */
	if (entry == NULL ||
	    !atomic_compare_exchange_strong_explicit(&entry->transmit,
	        &transmit, 0, memory_order_relaxed, memory_order_relaxed))
		return 0;
	return transmit;
}
