/* dns_chaos.c — see dns_chaos.h. */
#include "services/dns/dns_chaos.h"

#include "core/bytes.h"

#include <string.h>

/* The text at NAME, LEN bytes in lower case, or NULL. */
static const struct dns_settings_text *
text_at(const struct dns_settings *settings, const uint8_t *name, size_t len)
{
	static const struct {
		const char *name;
		size_t len;
		bool is_version;
	} names[] = {
	    {"\7version\4bind", 14, true},
	    {"\7version\6server", 16, true},
	    {"\10hostname\4bind", 15, false},
	    {"\2id\6server", 11, false},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (len == names[i].len &&
		    memcmp(name, names[i].name, len) == 0)
			return names[i].is_version ? &settings->version
			                           : &settings->server;
	return NULL;
}

/* One <character-string>, with TTL 0: it speaks of this server and this moment
 * (RFC 4892 §3). False: there is no room. */
static bool
add_text(struct dns_reply *reply, const struct dns_settings_text *text)
{
	size_t data_len = 1u + text->len;
	uint8_t *record = reply->data + reply->len;

	if (reply->limit - reply->len < DNS_RR_RDATA + data_len)
		return false;
	bytes_put16be(record, DNS_POINTER | DNS_HEADER_SIZE);
	bytes_put16be(record + DNS_RR_TYPE, DNS_TYPE_TXT);
	bytes_put16be(record + DNS_RR_CLASS, DNS_CLASS_CH);
	bytes_put32be(record + DNS_RR_TTL, 0);
	bytes_put16be(record + DNS_RR_LENGTH, (uint16_t)data_len);
	record[DNS_RR_RDATA] = text->len;
	memcpy(record + DNS_RR_RDATA + 1, text->bytes, text->len);
	reply->len += DNS_RR_RDATA + data_len;
	reply->counts[DNS_REPLY_ANSWER]++;
	return true;
}

enum dns_outcome
dns_chaos_answer(const struct dns_settings *settings, struct dns_reply *reply)
{
	const struct dns_message *query = reply->query;
	const struct dns_settings_text *text =
	    text_at(settings, query->qname, query->qname_len);

	if (text == NULL || text->len == 0 ||
	    (query->qtype != DNS_TYPE_TXT && query->qtype != DNS_TYPE_ANY)) {
		reply->rcode = DNS_RCODE_REFUSED;
		reply->ede = DNS_EDE_NOT_AUTHORITATIVE;
		return DNS_OUTCOME_REFUSED;
	}
	reply->flags |= DNS_FLAG_AA;
	if (add_text(reply, text))
		return DNS_OUTCOME_NOERROR;
	reply->flags |= DNS_FLAG_TC;
	return DNS_OUTCOME_TRUNCATED;
}
