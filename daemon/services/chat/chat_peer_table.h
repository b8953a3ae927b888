/*
 * chat_peer_table.h — the people that talk by datagrams: found by where these
 * come from and go to, and by who has been silent for longest. Bounded in all
 * and of each host. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_PEER_TABLE_H
#define NETLAB_SERVICES_CHAT_CHAT_PEER_TABLE_H

#include "core/addr.h"
#include "services/chat/chat_link.h"
#include "services/chat/chat_memory.h"
#include "services/chat/chat_person.h"

#include <stdbool.h>
#include <stdint.h>

struct chat_peer {
	struct chat_person person;
	struct chat_link in_order; /* of last words */
	struct chat_link in_woken; /* with those that have something to take */
	struct chat_peer *next_alike;
	struct addr addr;    /* the peer's */
	struct addr local;   /* ours, that it talks to */
	uint64_t heard_ms;   /* its last datagram */
	uint32_t sent_count; /* datagrams, before it has answered any */
	bool has_answered;   /* a datagram of its came after the first */
	bool is_out;         /* thrown out, and in no room */
};

struct chat_peer_table {
	struct chat_memory memory;
	uint64_t key[2];
	struct chat_peer **buckets;
	uint32_t bucket_count; /* a power of two */
	uint32_t count, max;
	struct chat_link order; /* who was heard last comes last */
};

/* An empty table of at most MAX peers (not 0), with memory from MEMORY. KEY:
 * 128 secret bits, so that nobody can choose who shares a bucket. False: no
 * memory. */
bool chat_peer_table_init(struct chat_peer_table *table, uint32_t max,
    const uint64_t key[2], const struct chat_memory *memory)
    __attribute__((warn_unused_result));

/* Gives back the memory of the table, which is empty. */
void chat_peer_table_end(struct chat_peer_table *table);

/* The peer that talks from ADDR to LOCAL, or NULL. */
struct chat_peer *chat_peer_table_find(const struct chat_peer_table *table,
    const struct addr *addr, const struct addr *local);

/* How many peers are at ADDR, its port aside. Looks at all. */
uint32_t chat_peer_table_at(
    const struct chat_peer_table *table, const struct addr *addr);

/* Adds the peer that talks from ADDR to LOCAL, zeroed but for them, heard at
 * NOW_MS; it is not there yet. NULL: the table is full, or no memory is left.
 */
struct chat_peer *chat_peer_table_add(struct chat_peer_table *table,
    const struct addr *addr, const struct addr *local, uint64_t now_ms);

/* Notes that PEER was heard at NOW_MS. */
void chat_peer_table_hear(
    struct chat_peer_table *table, struct chat_peer *peer, uint64_t now_ms);

/* Takes PEER out, and its memory back. */
void chat_peer_table_remove(
    struct chat_peer_table *table, struct chat_peer *peer);

/* Who was heard longest ago, or NULL. */
struct chat_peer *chat_peer_table_oldest(const struct chat_peer_table *table);

#endif
