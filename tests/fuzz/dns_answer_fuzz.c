/*
 * dns_answer_fuzz.c — any bytes as a query: whatever comes out is a response
 * that a strict reader can read, within its limit, and has no record twice.
 *
 * The first byte chooses transport, what cookies are for and the zones, signed
 * or not; the rest is the message.
 */
#include "services/dns/dns_ahead.h"
#include "services/dns/dns_answer.h"
#include "services/dns/dns_view.h"

#include "../unit/services/dns/example_zones.h"
#include "../unit/services/dns/message_text.h"
#include "../unit/services/dns/proof_zones.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The line at LINE, which begins with its section, without that. */
static struct span
record_of(const char *line)
{
	const char *end = strchr(line, '\n');
	const char *space = memchr(line, ' ', (size_t)(end - line));

	if (space == NULL)
		space = line;
	return (struct span){(const uint8_t *)space, (size_t)(end - space)};
}

/* RFC 2181 §5: a record is there or it is not. */
static void
check_repeated(const char *text)
{
	for (const char *a = text; *a != '\0'; a = strchr(a, '\n') + 1) {
		struct span record = record_of(a);

		for (const char *b = strchr(a, '\n') + 1; *b != '\0';
		     b = strchr(b, '\n') + 1) {
			struct span other = record_of(b);

			message_text_check(
			    *a == '?' || record.len != other.len ||
			        memcmp(record.data, other.data, record.len) !=
			            0,
			    "a record twice");
		}
	}
}

static void
check(const struct dns_answer *answer, struct span query, const uint8_t *out,
    size_t cap)
{
	static char text[MESSAGE_TEXT_MAX];
	struct dns_view_edns edns;
	unsigned rcode;

	message_text_check(answer->outcome < DNS_OUTCOME_COUNT, "outcome");
	bool is_silent = query.len < DNS_HEADER_SIZE ||
	                 query.len > DNS_TCP_MAX || (query.data[2] & 0x80) != 0;
	message_text_check(is_silent == (answer->len == 0), "silence");
	if (is_silent)
		return;
	message_text_check(answer->len <= cap, "over the limit");
	message_text_check(memcmp(out, query.data, 2) == 0, "id");
	check_repeated(message_text(out, answer->len, text));
	message_text_check(dns_view_check((struct span){out, answer->len},
	                       &edns, &rcode) == NULL,
	    "the client cannot read it");
}

enum { CATALOGS = 4 };

/* The example zones, and one that is signed by NSEC, by NSEC3, by NSEC3 with
 * opt-out. */
static void
load(const struct dns_catalog *catalogs[CATALOGS])
{
	static const char *const *const signed_zones[] = {
	    proof_zones_nsec, proof_zones_nsec3, proof_zones_opt_out};

	catalogs[0] = zone_fixture_load(example_zones, EXAMPLE_ZONES);
	for (unsigned i = 1; i < CATALOGS; i++) {
		char *text = proof_zones_text(signed_zones[i - 1]);
		struct zone_fixture zone = {"example", text};

		catalogs[i] = zone_fixture_load(&zone, 1);
		free(text);
	}
}

/* Settings that say something for every option. The secret, time and client
 * are those of RFC 9018 Appendix A.1, so that seeds have valid cookies. */
static struct dns_settings *
set(const struct dns_catalog *catalog)
{
	static const uint8_t secret[] = {0xe5, 0xe9, 0x73, 0xe5, 0xa6, 0xb2,
	    0xa4, 0x3f, 0x48, 0xe7, 0xdc, 0x84, 0x9e, 0x37, 0xbf, 0xcf};
	struct dns_settings *settings =
	    &((struct dns_catalog *)(uintptr_t)catalog)->settings;

	memcpy(settings->cookie_secrets[0], secret, sizeof(secret));
	settings->nsid.len = 255;
	settings->version.len = 255;
	settings->server.len = 1;
	return settings;
}

/* As a worker does with datagrams: read ahead, beside another one. */
static struct dns_answer
answer_ahead(const struct dns_context *context, struct span query, uint8_t *out,
    size_t cap)
{
	static struct dns_ahead ahead;
	struct span queries[2] = {query, query};

	ahead.catalog = context->catalog;
	ahead.is_fetching = true;
	dns_ahead_read(&ahead, queries, 2);
	return dns_answer_message(context, &ahead.queries[1].message,
	    ahead.queries[1].kind, (struct space){out, cap});
}

/* The same question again gives the same answer, so that none holds a byte of
 * what was in memory before. */
static void
check_again(const struct dns_context *context, struct span query,
    const uint8_t *out, size_t len)
{
	static uint8_t again[DNS_TCP_MAX];
	size_t cap =
	    context->transport == TRANSPORT_TCP ? DNS_TCP_MAX : DNS_UDP_MAX;

	memset(again, 0xa5, len);
	struct dns_answer answer =
	    dns_answer(context, query, (struct space){again, cap});

	message_text_check(answer.len == len && memcmp(again, out, len) == 0,
	    "a byte from elsewhere");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct dns_context context = {.now = 1559731985};
	static const struct addr peer = {
	    .in4 = {.sin_family = AF_INET, .sin_addr.s_addr = 0x646433c6},
	};
	static const struct dns_catalog *catalogs[CATALOGS];

	if (catalogs[0] == NULL) {
		load(catalogs);
		context.digest = digest_open();
		context.peer = &peer;
	}
	if (size == 0)
		return 0;
	context.catalog = catalogs[data[0] / 8 % CATALOGS];
	struct dns_settings *settings = set(context.catalog);

	context.transport = (data[0] & 1) != 0 ? TRANSPORT_TCP : TRANSPORT_UDP;
	settings->are_cookies_required = (data[0] & 2) != 0;
	settings->cookie_secret_count = (data[0] & 4) != 0 ? 0 : 1;
	size_t cap =
	    context.transport == TRANSPORT_TCP ? DNS_TCP_MAX : DNS_UDP_MAX;
	struct span query = {data + 1, size - 1};
	uint8_t *out = malloc(cap); /* its end is watched */
	if (out == NULL)
		return 0;
	struct dns_answer answer = answer_ahead(&context, query, out, cap);
	check(&answer, query, out, cap);
	check_again(&context, query, out, answer.len);
	free(out);
	return 0;
}
