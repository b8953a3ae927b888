/* dns_json.c — responses as JSON (RFC 8427 §2). */
#include "client/dns/dns_json.h"

#include "client/dns/dns_data.h"
#include "client/member.h"
#include "services/dns/dns_mnemonic.h"
#include "services/dns/dns_text.h"
#include "services/dns/dns_view.h"

#include <stdio.h>

/* §2.1: the header, and what its bits are called in there. */
static void
add_header(json_t *object, const struct dns_view *view, unsigned rcode)
{
	static const struct {
		const char *key;
		uint16_t bit;
	} flags[] = {
	    {"AA", DNS_FLAG_AA},
	    {"TC", DNS_FLAG_TC},
	    {"RD", DNS_FLAG_RD},
	    {"RA", DNS_FLAG_RA},
	    {"AD", DNS_FLAG_AD},
	    {"CD", DNS_FLAG_CD},
	};
	static const char *const counts[] = {
	    "QDCOUNT", "ANCOUNT", "NSCOUNT", "ARCOUNT"};
	char text[DNS_MNEMONIC_MAX];

	member_number(object, "ID", view->id);
	member_flag(object, "QR", (view->flags & DNS_FLAG_QR) != 0);
	member_number(object, "Opcode", view->flags >> 11 & 15);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		member_flag(
		    object, flags[i].key, (view->flags & flags[i].bit) != 0);
	/* The header's four bits; RCODEname has those of EDNS as well. */
	member_number(object, "RCODE", view->flags & 15);
	member_text(object, "RCODEname", dns_mnemonic_rcode(rcode, text));
	for (size_t i = 0; i < DNS_VIEW_SECTIONS; i++)
		member_number(object, counts[i], view->counts[i]);
}

static void
add_question(
    json_t *object, const struct dns_view_record *question, const char *prefix)
{
	char key[16], text[DNS_MNEMONIC_MAX];

	snprintf(key, sizeof(key), "%sNAME", prefix);
	member_bytes(object, key, dns_data_name(question));
	snprintf(key, sizeof(key), "%sTYPE", prefix);
	member_number(object, key, question->type);
	snprintf(key, sizeof(key), "%sTYPEname", prefix);
	member_text(object, key, dns_mnemonic_type(question->type, text));
	snprintf(key, sizeof(key), "%sCLASS", prefix);
	member_number(object, key, question->class);
	snprintf(key, sizeof(key), "%sCLASSname", prefix);
	member_text(object, key, dns_mnemonic_class(question->class, text));
}

/* RFC 4648 §8, as §2 has it for names that end in HEX: in upper case. */
static void
add_hex(json_t *object, const char *key, struct span bytes)
{
	static uint8_t space[2 * DNS_VIEW_DATA_MAX];
	struct dns_text text =
	    dns_text_open((struct space){space, sizeof(space)});

	dns_text_hex(&text, bytes);
	member_bytes(object, key, (struct span){space, text.len});
}

/* §2.2. The names in RDATAHEX are in full, and RDLENGTH is its length: whoever
 * reads it has no message that pointers could lead into. */
static void
add_record(
    json_t *object, struct span message, const struct dns_view_record *record)
{
	char key[8 + DNS_MNEMONIC_MAX], text[DNS_MNEMONIC_MAX];
	static uint8_t space[DNS_VIEW_DATA_MAX];
	struct span data = {space, dns_view_data(message, record, space)};

	add_question(object, record, "");
	member_number(object, "TTL", record->ttl);
	member_number(object, "RDLENGTH", (int64_t)data.len);
	snprintf(
	    key, sizeof(key), "rdata%s", dns_mnemonic_type(record->type, text));
	if (record->type != DNS_TYPE_OPT)
		member_bytes(object, key, dns_data_text(message, record));
	add_hex(object, "RDATAHEX", data);
}

/* Questions and records, each in the array of its section. Returns what is
 * wrong with the message; NULL: nothing. */
static const char *
add_sections(json_t *object, struct span message)
{
	static const char *const keys[] = {
	    "questionRRs", "answerRRs", "authorityRRs", "additionalRRs"};
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;
	json_t *arrays[DNS_VIEW_SECTIONS];
	bool is_first = true;

	for (size_t i = 0; i < DNS_VIEW_SECTIONS; i++)
		arrays[i] = json_array();
	while (dns_view_next(&view, &record)) {
		json_t *one = json_object();

		if (record.section != DNS_VIEW_QUESTION)
			add_record(one, message, &record);
		else
			add_question(one, &record, "");
		if (record.section == DNS_VIEW_QUESTION && is_first)
			add_question(object, &record, "Q");
		is_first = false;
		json_array_append_new(arrays[record.section], one);
	}
	for (size_t i = 0; i < DNS_VIEW_SECTIONS; i++)
		json_object_set_new(object, keys[i], arrays[i]);
	return view.fault;
}

int
dns_json_print(struct dns_ask *ask)
{
	struct dns_view view = dns_view_open(ask->reply);
	struct dns_view_edns edns;
	json_t *object = json_object();
	unsigned rcode;

	(void)dns_view_check(ask->reply, &edns, &rcode);
	if (view.fault == NULL)
		add_header(object, &view, rcode);
	const char *fault = add_sections(object, ask->reply);

	if (fault != NULL)
		member_text(object, "malformed", fault);
	member_text(object, "server", ask->server);
	member_number(object, "msgLength", (int64_t)ask->reply.len);
	member_real(object, "milliseconds", ask->ms);
	exchange_end(ask->exchange, object);
	return member_print(object);
}
