/* bench_queries.h — the questions of a load: read from a file, made into DNS
 * messages once, and asked in a random order that is the same in each run. */
#ifndef NETLAB_BENCH_QUERIES_H
#define NETLAB_BENCH_QUERIES_H

#include "bench_tool.h"

#include <stdbool.h>
#include <strings.h>

enum {
	/* Of a question. Two cache lines hold all of a packet: a load that
	 * went through more memory would push the server's out of the cache
	 * that they share. */
	PACKET_MAX = 124,
	DNS_HEADER = 12,
	ANY_NUMBER = 255, /* of answer records, or any RCODE */
	EDNS_SIZE = 1232, /* what resolvers say since 2020 */
	OPT_HEAD = 11,
	COOKIE_OPTION = 10, /* EDNS option (RFC 7873 §4) */
	COOKIE_SIZE = 8,    /* of a client's */
};

/* A question, and what is to come back. */
struct packet {
	uint8_t bytes[PACKET_MAX];
	uint16_t len;
	uint8_t rcode, answers;
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
		packet->len = (uint16_t)(packet->len + len);
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

static inline void
packet_put16(struct packet *packet, unsigned value)
{
	packet->bytes[packet->len++] = (uint8_t)(value >> 8);
	packet->bytes[packet->len++] = (uint8_t)value;
}

/* The query for NAME and TYPE, its ID left open (RFC 1035 §4.1). */
static inline bool
packet_dns(struct packet *packet, const char *name, const char *type)
{
	unsigned number = type_number(type);

	packet->bytes[5] = 1; /* QDCOUNT */
	packet->len = DNS_HEADER;
	packet->rcode = packet->answers = ANY_NUMBER;
	if (number == 0 || !packet_put_name(packet, name))
		return false;
	packet_put16(packet, number);
	packet_put16(packet, 1); /* IN */
	return true;
}

/* Appends an OPT record (RFC 6891 §6.1.2) as WORDS say: "edns" alone, with
 * "do", with "cookie", which SEED makes different. */
static inline bool
packet_opt(struct packet *packet, const char *words, uint64_t seed)
{
	bool has_cookie = strstr(words, "cookie") != NULL;
	unsigned options = has_cookie ? 4 + COOKIE_SIZE : 0;

	if (packet->len + OPT_HEAD + options > PACKET_MAX)
		return false;
	packet->bytes[11] = 1;            /* ARCOUNT */
	packet->bytes[packet->len++] = 0; /* the root */
	packet_put16(packet, 41);
	packet_put16(packet, EDNS_SIZE);
	packet_put16(packet, 0);
	packet_put16(packet, strstr(words, "do") != NULL ? 0x8000 : 0);
	packet_put16(packet, options);
	if (!has_cookie)
		return true;
	packet_put16(packet, COOKIE_OPTION);
	packet_put16(packet, COOKIE_SIZE);
	seed = (seed + 1) * 0x9e3779b97f4a7c15;
	memcpy(packet->bytes + packet->len, &seed, COOKIE_SIZE);
	packet->len += COOKIE_SIZE;
	return true;
}

/* Adds the question of LINE: "NAME TYPE [RCODE ANSWERS [edns|do|cookie …]]".
 * What is not said of the answer may be anything. */
static inline bool
queries_add_line(struct queries *queries, const char *line)
{
	char name[300], type[32];
	unsigned rcode = ANY_NUMBER, answers = ANY_NUMBER;
	int words = 0;
	struct packet *packet = queries_add(queries);

	if (sscanf(line, "%299s %31s %u %u%n", name, type, &rcode, &answers,
	        &words) < 2 ||
	    !packet_dns(packet, name, type))
		return false;
	packet->rcode = (uint8_t)rcode;
	packet->answers = (uint8_t)answers;
	if (line[words] == '\0' || line[words] == '\n' || words == 0)
		return true;
	return packet_opt(packet, line + words, queries->count);
}

/* Is ANSWER, LEN bytes, a response with what PACKET wants? */
static inline bool
packet_is_answered(
    const struct packet *packet, const uint8_t *answer, size_t len)
{
	if (len < DNS_HEADER || (answer[2] & 0x80) == 0)
		return false;
	if (packet->rcode != ANY_NUMBER && packet->rcode != (answer[3] & 15))
		return false;
	return packet->answers == ANY_NUMBER ||
	       packet->answers == (answer[6] << 8 | answer[7]);
}

/* Reads FILE, a question a line. */
static inline void
queries_read(struct queries *queries, const char *file)
{
	FILE *in = fopen(file, "r");
	char line[512];

	if (in == NULL)
		bench_die(file);
	while (fgets(line, sizeof(line), in) != NULL) {
		if (!queries_add_line(queries, line)) {
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
