/*
 * proof_fixture.h — signed zones, asked with DO and without it.
 *
 * What comes back is told by a line for each RRset, with "+" for each of its
 * signatures, names without the apex, and the hashes of NSEC3 owners by the
 * names that they are of:
 *
 *	aa NXDOMAIN
 *	authority @ SOA+
 *	authority www NSEC+
 */
#ifndef TESTS_PROOF_FIXTURE_H
#define TESTS_PROOF_FIXTURE_H

#include "services/dns/dns_answer.h"

#include "message_text.h"
#include "proof_zones.h"
#include "zone_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The zone signed in three ways; and by NSEC beside two zones below its cuts.
 */
enum proof_variant { NSEC, NSEC3, OPT_OUT, NESTED, VARIANTS };

enum { PROOF_HASHES = 64, PROOF_LINE = 1024 };

/* A zone, and whose hashes its NSEC3 owners are. */
static struct {
	const struct dns_catalog *catalog;
	struct {
		char hash[DNS_NSEC3_LABEL + 1];
		char name[DNS_NAME_TEXT_MAX];
	} hashes[PROOF_HASHES];
	size_t hash_count;
} proof_zones[VARIANTS];

static struct digest *proof_digest;
static uint8_t proof_reply[DNS_TCP_MAX];
static size_t proof_reply_len;

/* ------------------------------------------------------------- the replies */

/* NAME without the apex, or what it is a hash of. */
static inline void
proof_shorten(enum proof_variant variant, char *name)
{
	size_t len = strlen(name);

	if (strcmp(name, "example.") == 0) {
		strcpy(name, "@");
	} else if (len > 9 && strcmp(name + len - 9, ".example.") == 0) {
		name[len - 9] = '\0';
		for (size_t i = 0; i < proof_zones[variant].hash_count; i++)
			if (strcmp(proof_zones[variant].hashes[i].hash, name) ==
			    0)
				strcpy(
				    name, proof_zones[variant].hashes[i].name);
	}
}

/* One line of message_text: appended to OUT, or, for a signature, a plus behind
 * the set that it covers, of whose LAST line it knows. */
static inline void
proof_add_line(
    enum proof_variant variant, const char *line, char *out, char *last)
{
	char section[16], owner[DNS_NAME_TEXT_MAX], type[16], covered[16];
	unsigned ttl;
	char text[PROOF_LINE];

	if (sscanf(line, "%15s %1023s %u %15s %15s", section, owner, &ttl, type,
	        covered) < 4)
		return;
	proof_shorten(variant, owner);
	bool is_signature = strcmp(type, "RRSIG") == 0;

	snprintf(text, sizeof(text), "%s %.500s %s", section, owner,
	    is_signature ? covered : type);
	if (is_signature && strcmp(text, last) == 0) {
		strcpy(out + strlen(out) - 1, "+\n");
		return;
	}
	if (!is_signature && strcmp(text, last) == 0)
		return;
	strcpy(last, is_signature ? "" : text);
	sprintf(out + strlen(out), "%s %s %s%s%s\n", section, owner,
	    is_signature ? "RRSIG(" : "", is_signature ? covered : type,
	    is_signature ? ")" : "");
}

static inline const char *
proof_summary(enum proof_variant variant, const char *text)
{
	static char out[8192];
	char line[PROOF_LINE], last[PROOF_LINE] = "";

	out[0] = '\0';
	for (const char *at = text, *end; *at != '\0'; at = end + 1) {
		end = strchr(at, '\n');
		if (at == text) /* the flags, of which QR goes without saying */
			sprintf(out, "%.*s\n", (int)(end - at - 3), at + 3);
		if (at == text || *at == '?' || strncmp(at, "opt", 3) == 0)
			continue;
		snprintf(line, sizeof(line), "%.*s", (int)(end - at), at);
		proof_add_line(variant, line, out, last);
	}
	return out;
}

static inline void
proof_owner(char *out, size_t size, const char *name)
{
	snprintf(out, size, "%s%s", strcmp(name, "@") == 0 ? "" : name,
	    strcmp(name, "@") == 0 ? "example" : ".example");
}

struct proof_asked {
	enum proof_variant variant;
	const char *name;
	uint16_t qtype;
	bool is_dnssec_ok;
	uint16_t size; /* 0: by TCP */
};

static inline const char *
proof_ask(const struct proof_asked *asked)
{
	static char text[MESSAGE_TEXT_MAX];
	uint8_t query[600] = {0x12, 0x34, 0, 0x10, 0, 1, 0, 0, 0, 0, 0, 1};
	char name[DNS_NAME_TEXT_MAX];
	const struct addr peer = {0};
	struct dns_context context = {
	    .catalog = proof_zones[asked->variant].catalog,
	    .peer = &peer,
	    .transport = asked->size == 0 ? TRANSPORT_TCP : TRANSPORT_UDP,
	    .digest = proof_digest,
	};

	proof_owner(name, sizeof(name), asked->name);
	size_t len = DNS_HEADER_SIZE + dns_name_parse(name, query + 12);
	bytes_put16be(query + len, asked->qtype);
	query[len + 3] = DNS_CLASS_IN;
	query[len + 4 + 2] = DNS_TYPE_OPT;
	bytes_put16be(query + len + 4 + 3, asked->size);
	query[len + 4 + 7] = asked->is_dnssec_ok ? 0x80 : 0;
	struct dns_answer answer =
	    dns_answer(&context, (struct span){query, len + 4 + 11},
	        (struct space){
	            proof_reply, asked->size == 0 ? DNS_TCP_MAX : DNS_UDP_MAX});

	proof_reply_len = answer.len;
	assert_true(asked->size == 0 || proof_reply_len <= asked->size);
	return proof_summary(
	    asked->variant, message_text(proof_reply, answer.len, text));
}

static inline void
proof_expect(enum proof_variant variant, const char *name, uint16_t qtype,
    const char *wanted)
{
	struct proof_asked asked = {variant, name, qtype, true, 0};

	assert_string_equal(proof_ask(&asked), wanted);
}

static inline void
proof_expect_plain(enum proof_variant variant, const char *name, uint16_t qtype,
    const char *wanted)
{
	struct proof_asked asked = {variant, name, qtype, false, 0};

	assert_string_equal(proof_ask(&asked), wanted);
}

/* -------------------------------------------------------------- the zones */

/* Who the owners of NSEC3 are: all names of the zone, hashed. */
static inline void
proof_hash_names(enum proof_variant variant)
{
	const struct dns_zone *zone =
	    dns_catalog_zone(proof_zones[variant].catalog, 0);
	struct span salt = {
	    dns_zone_at(zone, zone->nsec3_salt), zone->nsec3_salt_len};

	for (uint32_t i = 0; i < zone->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(zone, i);
		uint8_t name[DNS_NAME_MAX], hash[DNS_NSEC3_HASH_SIZE];
		size_t n = proof_zones[variant].hash_count++;

		assert_true(n < PROOF_HASHES);
		memcpy(name, dns_node_name(node), node->name_len);
		memcpy(name + node->name_len, zone->name, zone->apex_len);
		assert_true(dns_nsec3_hash(proof_digest, name,
		    (size_t)node->name_len + zone->apex_len,
		    zone->nsec3_iterations, salt, hash));
		dns_base32_encode(
		    (uint8_t *)proof_zones[variant].hashes[n].hash, hash,
		    sizeof(hash));
		dns_name_format(name, proof_zones[variant].hashes[n].name);
		proof_shorten(NSEC, proof_zones[variant].hashes[n].name);
	}
}

static inline void
proof_load(enum proof_variant variant, const char *const *lines)
{
	char *text = proof_zones_text(lines);
	const struct zone_fixture fixtures[] = {
	    {"example", text},
	    {"safe.example", "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\n"},
	    {"sub.example", "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\n"},
	};

	proof_zones[variant].catalog =
	    zone_fixture_load(fixtures, variant == NESTED ? 3 : 1);
	free(text);
}

static inline int
proof_load_zones(void **state)
{
	(void)state;
	proof_digest = digest_open();
	assert_non_null(proof_digest);
	proof_load(NSEC, proof_zones_nsec);
	proof_load(NSEC3, proof_zones_nsec3);
	proof_load(OPT_OUT, proof_zones_opt_out);
	proof_load(NESTED, proof_zones_nsec);
	proof_hash_names(NSEC3);
	proof_hash_names(OPT_OUT);
	return 0;
}

static inline int
proof_free_zones(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VARIANTS; i++)
		free((void *)(uintptr_t)proof_zones[i].catalog);
	digest_close(proof_digest);
	return 0;
}

#endif
