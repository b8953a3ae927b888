/*
 * dns_answer_fuzz.c — any bytes as a query: whatever comes out is a response
 * that a strict reader can read, within its limit.
 *
 * The first byte chooses transport and what cookies are for, the rest is the
 * message.
 */
#include "services/dns/dns_answer.h"

#include "../unit/services/dns/example_zones.h"
#include "../unit/services/dns/message_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct dns_answer *answer, struct span query, const uint8_t *out,
    size_t cap)
{
	static char text[MESSAGE_TEXT_MAX];

	message_text_check(answer->outcome < DNS_OUTCOME_COUNT, "outcome");
	bool is_silent = query.len < DNS_HEADER_SIZE ||
	                 query.len > DNS_TCP_MAX || (query.data[2] & 0x80) != 0;
	message_text_check(is_silent == (answer->len == 0), "silence");
	if (is_silent)
		return;
	message_text_check(answer->len <= cap, "over the limit");
	message_text_check(memcmp(out, query.data, 2) == 0, "id");
	(void)message_text(out, answer->len, text);
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct dns_context context = {.now = 1559731985};
	static const struct addr peer = {
	    .in4 = {.sin_family = AF_INET, .sin_addr.s_addr = 0x646433c6},
	};
	static struct dns_settings *settings;

	if (context.catalog == NULL) {
		context.catalog =
		    zone_fixture_load(example_zones, EXAMPLE_ZONES);
		settings = set(context.catalog);
		context.digest = digest_open();
		context.peer = &peer;
	}
	if (size == 0)
		return 0;
	context.transport = (data[0] & 1) != 0 ? TRANSPORT_TCP : TRANSPORT_UDP;
	settings->are_cookies_required = (data[0] & 2) != 0;
	settings->cookie_secret_count = (data[0] & 4) != 0 ? 0 : 1;
	size_t cap =
	    context.transport == TRANSPORT_TCP ? DNS_TCP_MAX : DNS_UDP_MAX;
	struct span query = {data + 1, size - 1};
	uint8_t *out = malloc(cap); /* its end is watched */
	if (out == NULL)
		return 0;
	struct dns_answer answer =
	    dns_answer(&context, query, (struct space){out, cap});
	check(&answer, query, out, cap);
	free(out);
	return 0;
}
