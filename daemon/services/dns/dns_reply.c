/* dns_reply.c — see dns_reply.h. */
#include "services/dns/dns_reply.h"

#include "core/bytes.h"

#include <assert.h>
#include <string.h>

void
dns_reply_begin(struct dns_reply *reply, const struct dns_message *query,
    struct space out, size_t max)
{
	assert(out.cap >= max && max >= DNS_UDP_PLAIN_MAX);
	*reply = (struct dns_reply){
	    .query = query,
	    .data = out.data,
	    .len = query->question_end,
	    .limit = max - (query->has_edns ? DNS_OPT_SIZE : 0),
	    .end = max,
	};
	memcpy(out.data + DNS_HEADER_SIZE, query->bytes.data + DNS_HEADER_SIZE,
	    query->question_end - DNS_HEADER_SIZE);
}

/* RRs of RRSET. */
static uint16_t
count_of(const struct dns_zone *zone, const struct dns_rrset *rrset,
    bool with_signatures)
{
	if (!with_signatures)
		return rrset->count;
	return (uint16_t)(rrset->count + dns_rrset_signatures(zone, rrset));
}

static bool
add(struct dns_reply *reply, enum dns_reply_section section,
    const struct dns_zone *zone, const struct dns_rrset *rrset,
    const struct dns_owner *owner, bool with_signatures)
{
	size_t size = dns_rrset_size(rrset, with_signatures);
	size_t at = reply->len;

	if (size > reply->limit - at)
		return false;
	/* The stored form is made for the place right behind the question that
	 * asks for the owner itself: most answers are this one copy. */
	if (at == reply->query->question_end &&
	    owner->owner == DNS_HEADER_SIZE && owner->tail == DNS_HEADER_SIZE) {
		memcpy(reply->data + at, dns_rrset_wire(zone, rrset), size);
	} else {
		if (rrset->fix_count != 0 && at > DNS_FIX_SELF_MAX)
			return false;
		dns_rrset_place(
		    zone, rrset, with_signatures, reply->data, at, owner);
	}
	reply->len = at + size;
	reply->counts[section] += count_of(zone, rrset, with_signatures);
	return true;
}

bool
dns_reply_add(struct dns_reply *reply, enum dns_reply_section section,
    const struct dns_zone *zone, const struct dns_rrset *rrset,
    const struct dns_owner *owner)
{
	bool is_signed = rrset->sig_len != 0 && reply->query->is_dnssec_ok;

	return add(reply, section, zone, rrset, owner, is_signed);
}

bool
dns_reply_add_unsigned(struct dns_reply *reply, enum dns_reply_section section,
    const struct dns_zone *zone, const struct dns_rrset *rrset,
    const struct dns_owner *owner)
{
	return add(reply, section, zone, rrset, owner, false);
}

bool
dns_reply_add_signatures(struct dns_reply *reply,
    enum dns_reply_section section, const struct dns_zone *zone,
    const struct dns_rrset *rrset, const struct dns_owner *owner)
{
	if (rrset->sig_len > reply->limit - reply->len)
		return false;
	reply->len += dns_rrset_place_signatures(
	    zone, rrset, reply->data, reply->len, owner);
	reply->counts[section] += dns_rrset_signatures(zone, rrset);
	return true;
}

bool
dns_reply_add_spelled(struct dns_reply *reply, enum dns_reply_section section,
    const struct dns_zone *zone, const struct dns_rrset *rrset,
    const struct dns_spelled_owner *owner)
{
	size_t size = dns_rrset_spelled_size(zone, rrset, reply->len, owner);

	if (size > reply->limit - reply->len)
		return false;
	reply->len += dns_rrset_place_spelled(
	    zone, rrset, reply->data, reply->len, owner);
	reply->counts[section] += count_of(zone, rrset, true);
	return true;
}

/* The options grow downward from the end of the room: there they lie in no
 * record's way, and are moved behind the OPT record's head at last. */
uint8_t *
dns_reply_option(struct dns_reply *reply, uint16_t code, size_t len)
{
	size_t size = DNS_OPTION_HEAD + len;

	if (!reply->query->has_edns || size > reply->limit - reply->len)
		return NULL;
	reply->limit -= size;
	reply->options_len += (uint16_t)size;
	uint8_t *option = reply->data + reply->end - reply->options_len;

	bytes_put16be(option, code);
	bytes_put16be(option + 2, (uint16_t)len);
	return option + DNS_OPTION_HEAD;
}

/* RFC 8914 §2. Most codes speak for themselves, and tools print their names;
 * the text is for whom they leave wondering. */
static void
append_ede(struct dns_reply *reply)
{
	static const char not_ready[] = "the zone could not be loaded";
	size_t text_len =
	    reply->ede == DNS_EDE_NOT_READY ? sizeof(not_ready) - 1 : 0;
	uint8_t *data = dns_reply_option(reply, DNS_OPTION_EDE, 2 + text_len);

	if (data == NULL)
		return;
	bytes_put16be(data, reply->ede);
	memcpy(data + 2, not_ready, text_len);
}

/* RFC 6891 §6.1.3: the class is the size that we take, the TTL holds the
 * RCODE's high bits, the version 0 and the flags, of which DO is echoed (RFC
 * 3225 §3). */
static void
append_opt(struct dns_reply *reply)
{
	if (reply->ede != DNS_EDE_NONE)
		append_ede(reply);
	uint8_t *opt = reply->data + reply->len;
	size_t options_len = reply->options_len;

	opt[0] = 0;
	bytes_put16be(opt + 1, DNS_TYPE_OPT);
	bytes_put16be(opt + 3, DNS_UDP_MAX);
	opt[5] = (uint8_t)(reply->rcode >> 4);
	opt[6] = 0;
	bytes_put16be(opt + 7, reply->query->is_dnssec_ok ? DNS_OPT_DO : 0);
	bytes_put16be(opt + 9, (uint16_t)options_len);
	if (options_len != 0)
		memmove(opt + DNS_OPT_SIZE,
		    reply->data + reply->end - options_len, options_len);
	reply->len += DNS_OPT_SIZE + options_len;
	reply->counts[DNS_REPLY_ADDITIONAL]++;
}

size_t
dns_reply_finish(struct dns_reply *reply)
{
	const struct dns_message *query = reply->query;
	uint8_t *header = reply->data;
	unsigned copied = query->flags & (DNS_OPCODE_MASK | DNS_FLAG_RD);

	if (query->has_edns)
		append_opt(reply);
	memcpy(header, query->bytes.data, 2);
	bytes_put16be(
	    header + 2, (uint16_t)(DNS_FLAG_QR | copied | reply->flags |
	                           (reply->rcode & 15)));
	bytes_put16be(header + 4, query->has_question);
	bytes_put16be(header + 6, reply->counts[DNS_REPLY_ANSWER]);
	bytes_put16be(header + 8, reply->counts[DNS_REPLY_AUTHORITY]);
	bytes_put16be(header + 10, reply->counts[DNS_REPLY_ADDITIONAL]);
	return reply->len;
}
