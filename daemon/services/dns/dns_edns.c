/* dns_edns.c — see dns_edns.h. */
#include "services/dns/dns_edns.h"

#include "core/bytes.h"
#include "services/dns/dns_cookie.h"

#include <string.h>

enum {
	KEEPALIVE_UNIT_MS = 100, /* RFC 7828 §3.1 */
	KEEPALIVE_MAX = 0xffff,
};

/* Options that this server does not use are ignored, whatever they hold. */
static bool
has_cookie(const struct dns_context *context, const struct dns_message *query)
{
	return (query->options & DNS_MESSAGE_COOKIE) != 0 &&
	       context->catalog->settings.cookie_secret_count != 0;
}

/* RFC 7828 §3.3.1: over UDP it is ignored. */
static bool
has_keepalive(
    const struct dns_context *context, const struct dns_message *query)
{
	return (query->options & DNS_MESSAGE_KEEPALIVE) != 0 &&
	       context->transport == TRANSPORT_TCP;
}

static void
add_keepalive(const struct dns_context *context, struct dns_reply *reply)
{
	uint32_t units =
	    context->catalog->settings.tcp_timeout_ms / KEEPALIVE_UNIT_MS;
	uint8_t *data = dns_reply_option(reply, DNS_OPTION_KEEPALIVE, 2);

	if (data != NULL)
		bytes_put16be(data,
		    (uint16_t)(units < KEEPALIVE_MAX ? units : KEEPALIVE_MAX));
}

/* RFC 5001 §2.2, §3: whatever the server chose to be called. */
static void
add_nsid(const struct dns_settings_text *nsid, struct dns_reply *reply)
{
	uint8_t *data = nsid->len == 0 ? NULL
	                               : dns_reply_option(
	                                     reply, DNS_OPTION_NSID, nsid->len);

	if (data != NULL)
		memcpy(data, nsid->bytes, nsid->len);
}

/* RFC 7873 §5.2.3 leaves it to the server what a client gets that has no valid
 * cookie yet. By TCP its address is known to be its own, so that only a fetch,
 * which asks just that, hears of a wrong one (§5.4). */
static enum dns_edns_verdict
answer_cookie(const struct dns_context *context, enum dns_message_kind kind,
    struct dns_reply *reply)
{
	const struct dns_settings *settings = &context->catalog->settings;
	struct span cookie = reply->query->cookie;
	uint8_t made[DNS_COOKIE_SIZE];
	bool is_valid = dns_cookie_answer(
	    settings, cookie, context->peer, context->now, made);
	uint8_t *data =
	    dns_reply_option(reply, DNS_OPTION_COOKIE, DNS_COOKIE_SIZE);

	if (data != NULL)
		memcpy(data, made, DNS_COOKIE_SIZE);
	if (is_valid)
		return DNS_EDNS_ANSWER;
	bool is_required = kind == DNS_MESSAGE_FETCH
	                       ? cookie.len != DNS_COOKIE_CLIENT_SIZE
	                       : settings->are_cookies_required &&
	                             context->transport == TRANSPORT_UDP;
	return is_required ? DNS_EDNS_BADCOOKIE : DNS_EDNS_ANSWER;
}

enum dns_edns_verdict
dns_edns_answer(const struct dns_context *context, enum dns_message_kind kind,
    struct dns_reply *reply)
{
	const struct dns_message *query = reply->query;
	enum dns_edns_verdict verdict = DNS_EDNS_ANSWER;

	if (has_cookie(context, query) &&
	    !dns_cookie_is_length(query->cookie.len))
		return DNS_EDNS_FORMERR;
	if (has_keepalive(context, query) &&
	    (query->options & DNS_MESSAGE_TIMEOUT) != 0)
		return DNS_EDNS_FORMERR;
	if (has_cookie(context, query))
		verdict = answer_cookie(context, kind, reply);
	else if (kind == DNS_MESSAGE_FETCH)
		return DNS_EDNS_FORMERR; /* no question, nor any cookies */
	if (has_keepalive(context, query))
		add_keepalive(context, reply);
	if ((query->options & DNS_MESSAGE_NSID) != 0)
		add_nsid(&context->catalog->settings.nsid, reply);
	return verdict;
}
