/* bench_queries.h — the questions of a load: read from a file, made into DNS
 * messages once, and asked in a random order that is the same in each run. */
#ifndef NETLAB_BENCH_QUERIES_H
#define NETLAB_BENCH_QUERIES_H

#include "bench_tool.h"

#include <stdbool.h>
#include <strings.h>

enum {
	PACKET_MAX = 512, /* of a question */
	DNS_HEADER = 12,
};

struct packet {
	uint8_t bytes[PACKET_MAX];
	size_t len;
};

struct queries {
	struct packet *packets;
	size_t count, cap;
	uint64_t random; /* where the order stands; 0: not begun */
};

/* A new packet, all zero, until the next one is added. */
static inline struct packet *
queries_add(struct queries *queries)
{
	if (queries->count == queries->cap) {
		queries->cap = queries->cap == 0 ? 1024 : 2 * queries->cap;
		queries->packets = reallocarray(
		    queries->packets, queries->cap, sizeof(*queries->packets));
		if (queries->packets == NULL)
			bench_die("queries");
	}
	memset(&queries->packets[queries->count], 0, sizeof(struct packet));
	return &queries->packets[queries->count++];
}

/* The next question. xorshift64: any order will do that is random and always
 * the same. */
static inline const struct packet *
queries_next(struct queries *queries)
{
	uint64_t x = queries->random == 0 ? 88172645463325252 : queries->random;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	queries->random = x;
	return &queries->packets[x % queries->count];
}

/* Appends NAME in wire form; false: a label is empty or the name too long. */
static inline bool
packet_put_name(struct packet *packet, const char *name)
{
	while (*name != '\0' && strcmp(name, ".") != 0) {
		size_t len = strcspn(name, ".");

		if (len == 0 || len > 63 ||
		    packet->len + len + 6 > sizeof(packet->bytes))
			return false;
		packet->bytes[packet->len++] = (uint8_t)len;
		memcpy(packet->bytes + packet->len, name, len);
		packet->len += len;
		name += len + (name[len] == '.');
	}
	packet->bytes[packet->len++] = 0;
	return true;
}

static inline unsigned
type_number(const char *name)
{
	static const struct {
		const char *name;
		unsigned number;
	} types[] = {
	    {"A", 1},
	    {"NS", 2},
	    {"CNAME", 5},
	    {"SOA", 6},
	    {"PTR", 12},
	    {"MX", 15},
	    {"TXT", 16},
	    {"AAAA", 28},
	    {"SRV", 33},
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcasecmp(types[i].name, name) == 0)
			return types[i].number;
	return 0;
}

/* The query for NAME and TYPE, its ID left open (RFC 1035 §4.1). */
static inline bool
packet_dns(struct packet *packet, const char *name, const char *type)
{
	unsigned number = type_number(type);

	packet->bytes[5] = 1; /* QDCOUNT */
	packet->len = DNS_HEADER;
	if (number == 0 || !packet_put_name(packet, name))
		return false;
	packet->bytes[packet->len++] = (uint8_t)(number >> 8);
	packet->bytes[packet->len++] = (uint8_t)number;
	packet->bytes[packet->len++] = 0;
	packet->bytes[packet->len++] = 1; /* IN */
	return true;
}

/* Reads FILE, one "NAME TYPE" a line. */
static inline void
queries_read(struct queries *queries, const char *file)
{
	FILE *in = fopen(file, "r");
	char line[512], name[300], type[32];

	if (in == NULL)
		bench_die(file);
	while (fgets(line, sizeof(line), in) != NULL) {
		if (sscanf(line, "%299s %31s", name, type) != 2)
			continue;
		if (!packet_dns(queries_add(queries), name, type)) {
			fprintf(stderr, "%s: bad line: %s", file, line);
			exit(1);
		}
	}
	fclose(in);
	if (queries->count == 0) {
		fprintf(stderr, "%s: no queries\n", file);
		exit(1);
	}
}

#endif
