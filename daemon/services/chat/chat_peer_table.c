/* chat_peer_table.c — the people that talk by datagrams. */
#include "services/chat/chat_peer_table.h"

#include "core/bytes.h"
#include "core/siphash.h"

#include <string.h>

enum {
	BUCKETS_MIN = 16,
	ADDRESS_MAX = 16,
	ENDPOINT_LEN = 2 + ADDRESS_MAX,
};

/* Port and address; an IPv4 address is no longer than its four bytes. */
static void
put_endpoint(uint8_t bytes[ENDPOINT_LEN], const struct addr *addr)
{
	bytes_put16be(bytes, addr_port(addr));
	if (addr->any.sa_family == AF_INET6)
		memcpy(bytes + 2, &addr->in6.sin6_addr, ADDRESS_MAX);
	else
		memcpy(bytes + 2, &addr->in4.sin_addr, 4);
}

static struct chat_peer **
bucket_of(const struct chat_peer_table *table, const struct addr *addr,
    const struct addr *local)
{
	uint8_t message[2 * ENDPOINT_LEN] = {0};
	uint64_t hash;

	put_endpoint(message, addr);
	put_endpoint(message + ENDPOINT_LEN, local);
	hash = siphash(table->key, (struct span){message, sizeof(message)});
	return &table->buckets[hash & (table->bucket_count - 1)];
}

bool
chat_peer_table_init(struct chat_peer_table *table, uint32_t max,
    const uint64_t key[2], const struct chat_memory *memory)
{
	*table = (struct chat_peer_table){
	    .memory = *memory,
	    .key = {key[0], key[1]},
	    .bucket_count = BUCKETS_MIN,
	    .max = max,
	};
	while (table->bucket_count < max)
		table->bucket_count *= 2;
	chat_link_init(&table->order);
	size_t size = table->bucket_count * sizeof(*table->buckets);

	table->buckets = memory->allocate(memory->context, size);
	if (table->buckets == NULL)
		return false;
	memset(table->buckets, 0, size);
	return true;
}

void
chat_peer_table_end(struct chat_peer_table *table)
{
	table->memory.release(table->memory.context, table->buckets);
	table->buckets = NULL;
}

struct chat_peer *
chat_peer_table_find(const struct chat_peer_table *table,
    const struct addr *addr, const struct addr *local)
{
	struct chat_peer *peer = *bucket_of(table, addr, local);

	while (peer != NULL && (!addr_is_equal(&peer->addr, addr) ||
	                           !addr_is_equal(&peer->local, local)))
		peer = peer->next_alike;
	return peer;
}

static bool
is_same_host(const struct addr *one, const struct addr *other)
{
	if (one->any.sa_family != other->any.sa_family)
		return false;
	if (one->any.sa_family == AF_INET6)
		return memcmp(&one->in6.sin6_addr, &other->in6.sin6_addr,
		           ADDRESS_MAX) == 0;
	return one->in4.sin_addr.s_addr == other->in4.sin_addr.s_addr;
}

static struct chat_peer *
peer_of(struct chat_link *in_order)
{
	return CHAT_LINK_OF(in_order, struct chat_peer, in_order);
}

uint32_t
chat_peer_table_at(const struct chat_peer_table *table, const struct addr *addr)
{
	uint32_t count = 0;

	for (struct chat_link *link = table->order.next; link != &table->order;
	     link = link->next)
		count += is_same_host(&peer_of(link)->addr, addr);
	return count;
}

struct chat_peer *
chat_peer_table_add(struct chat_peer_table *table, const struct addr *addr,
    const struct addr *local, uint64_t now_ms)
{
	struct chat_peer **bucket = bucket_of(table, addr, local);
	struct chat_peer *peer;

	if (table->count == table->max)
		return NULL;
	peer = table->memory.allocate(table->memory.context, sizeof(*peer));
	if (peer == NULL)
		return NULL;
	*peer = (struct chat_peer){
	    .person.kind = CHAT_PERSON_DATAGRAM,
	    .next_alike = *bucket,
	    .addr = *addr,
	    .local = *local,
	    .heard_ms = now_ms,
	};
	*bucket = peer;
	chat_link_add(&table->order, &peer->in_order);
	table->count++;
	return peer;
}

void
chat_peer_table_hear(
    struct chat_peer_table *table, struct chat_peer *peer, uint64_t now_ms)
{
	peer->heard_ms = now_ms;
	chat_link_remove(&peer->in_order);
	chat_link_add(&table->order, &peer->in_order);
}

void
chat_peer_table_remove(struct chat_peer_table *table, struct chat_peer *peer)
{
	struct chat_peer **place = bucket_of(table, &peer->addr, &peer->local);

	while (*place != peer)
		place = &(*place)->next_alike;
	*place = peer->next_alike;
	chat_link_remove(&peer->in_order);
	chat_link_remove(&peer->in_woken);
	table->count--;
	table->memory.release(table->memory.context, peer);
}

struct chat_peer *
chat_peer_table_oldest(const struct chat_peer_table *table)
{
	return chat_link_is_alone(&table->order) ? NULL
	                                         : peer_of(table->order.next);
}
