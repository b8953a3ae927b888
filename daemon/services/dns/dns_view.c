/* dns_view.c — any DNS message, record by record. Pure. */
#include "services/dns/dns_view.h"

#include "core/bytes.h"
#include "services/dns/dns_name.h"
#include "services/dns/dns_text_field.h"
#include "services/dns/dns_text_record.h"
#include "services/dns/dns_text_type.h"
#include "services/dns/dns_unpack.h"

enum {
	VERSION_SHIFT = 16, /* in the TTL of an OPT record (RFC 6891 §6.1.3) */
	RCODE_SHIFT = 24,
	RCODE_MASK = 15,
	RCODE_BITS = 4,
};

struct dns_view
dns_view_open(struct span bytes)
{
	struct dns_view view = {.bytes = bytes};

	if (bytes.len < DNS_HEADER_SIZE) {
		view.fault = "shorter than a header";
		return view;
	}
	view.id = bytes_get16be(bytes.data);
	view.flags = bytes_get16be(bytes.data + 2);
	for (unsigned i = 0; i < DNS_VIEW_SECTIONS; i++)
		view.counts[i] = bytes_get16be(bytes.data + 4 + 2 * (size_t)i);
	view.at = DNS_HEADER_SIZE;
	return view;
}

static bool
fail(struct dns_view *view, const char *fault)
{
	view->fault = fault;
	return false;
}

/* RFC 6891 §6.1.2: pieces that fill the data exactly. */
static bool
are_options(struct span options)
{
	while (options.len >= DNS_OPTION_HEAD) {
		size_t len =
		    DNS_OPTION_HEAD + (size_t)bytes_get16be(options.data + 2);

		if (len > options.len)
			return false;
		options.data += len;
		options.len -= len;
	}
	return options.len == 0;
}

static bool
check_opt(struct dns_view *view, const struct dns_view_record *record)
{
	if (view->section != DNS_VIEW_ADDITIONAL)
		return fail(view, "OPT outside the additional section");
	if (view->has_opt)
		return fail(view, "a second OPT record");
	if (record->name[0] != 0)
		return fail(view, "OPT with a name");
	if (!are_options((struct span){
	        view->bytes.data + record->data_at, record->data_len}))
		return fail(view, "OPT with an option that is cut off");
	view->has_opt = true;
	return true;
}

/* RFC 1035 §3.3 has types for all classes, but for A; those that came later are
 * of class IN, or are taken to be. */
static uint16_t
find_data_type(uint16_t type, uint16_t class)
{
	bool is_common = type <= DNS_TYPE_TXT && type != DNS_TYPE_A;

	return class == DNS_CLASS_IN || is_common ? type : 0;
}

static bool
read_data(struct dns_view *view, struct dns_view_record *record)
{
	const uint8_t *fixed = view->bytes.data + view->at;

	if (view->bytes.len - view->at < DNS_RECORD_FIXED)
		return fail(view, "a record that is cut off");
	record->ttl = bytes_get32be(fixed + 4);
	record->data_len = bytes_get16be(fixed + 8);
	record->data_at = view->at + DNS_RECORD_FIXED;
	if (view->bytes.len - record->data_at < record->data_len)
		return fail(view, "RDATA that is cut off");
	view->at = record->data_at + record->data_len;
	if (record->type == DNS_TYPE_OPT)
		return check_opt(view, record);
	record->data_type = find_data_type(record->type, record->class);
	if (!dns_text_record_data_is_whole(record->data_type, view->bytes.data,
	        record->data_at, record->data_len))
		return fail(view, "RDATA that is not as its type demands");
	return true;
}

static bool
read_name(struct dns_view *view, struct dns_view_record *record)
{
	static const char *const faults[] = {
	    [DNS_UNPACK_CUT] = "a name that is cut off",
	    [DNS_UNPACK_LABEL] = "a name with a label of no known kind",
	    [DNS_UNPACK_FORWARD] = "a name with a pointer that leads forward",
	    [DNS_UNPACK_HOPS] = "a name with more pointers than labels can be",
	    [DNS_UNPACK_LONG] = "a name above 255 bytes",
	};
	struct dns_unpack name;
	enum dns_unpack_result result =
	    dns_unpack(view->bytes, view->at, view->bytes.len, &name);

	if (result != DNS_UNPACK_DONE)
		return fail(view, faults[result]);
	memcpy(record->name, name.name, name.len);
	view->at = name.end;
	return true;
}

/* The section of what comes next; false: nothing does. */
static bool
enter_section(struct dns_view *view)
{
	while (view->taken == view->counts[view->section]) {
		if (view->section == DNS_VIEW_ADDITIONAL)
			return false;
		view->section = (enum dns_view_section)(view->section + 1);
		view->taken = 0;
	}
	return true;
}

bool
dns_view_next(struct dns_view *view, struct dns_view_record *record)
{
	if (view->fault != NULL)
		return false;
	if (!enter_section(view))
		return view->at == view->bytes.len
		           ? false
		           : fail(view, "bytes behind the last record");
	if (view->at == view->bytes.len)
		return fail(view, "fewer records than the header says");
	*record = (struct dns_view_record){
	    .section = view->section,
	    .at = view->at,
	};
	if (!read_name(view, record))
		return false;
	size_t behind = view->at;

	if (view->bytes.len - behind < DNS_QUESTION_FIXED)
		return fail(view, view->section == DNS_VIEW_QUESTION
		                      ? "a question that is cut off"
		                      : "a record that is cut off");
	record->type = bytes_get16be(view->bytes.data + behind);
	record->class = bytes_get16be(view->bytes.data + behind + 2);
	view->taken++;
	if (view->section != DNS_VIEW_QUESTION)
		return read_data(view, record);
	view->at += DNS_QUESTION_FIXED;
	return true;
}

size_t
dns_view_data(struct span message, const struct dns_view_record *record,
    uint8_t out[DNS_VIEW_DATA_MAX])
{
	const struct dns_text_type *known =
	    dns_text_type_find(record->data_type);
	struct dns_text_rest rest = {
	    .message = message.data,
	    .at = record->data_at,
	    .end = record->data_at + record->data_len,
	    .has_pointers = true,
	};
	uint8_t *end = out;

	for (const char *letter = known == NULL ? "" : known->fields;
	     *letter != '\0'; letter++) {
		size_t at = rest.at;

		if (*letter == 'n' && dns_text_field_name(&rest, end)) {
			end += dns_name_length(end);
			continue;
		}
		if (!dns_text_field_skip(&rest, *letter))
			break;
		memcpy(end, message.data + at, rest.at - at);
		end += rest.at - at;
	}
	struct span left = dns_text_rest_all(&rest);

	memcpy(end, left.data, left.len);
	return (size_t)(end - out) + left.len;
}

static void
take_edns(const struct dns_view *view, const struct dns_view_record *record,
    struct dns_view_edns *edns)
{
	*edns = (struct dns_view_edns){
	    .is_there = true,
	    .udp_size = record->class,
	    .version = (uint8_t)(record->ttl >> VERSION_SHIFT),
	    .extended_rcode = (uint8_t)(record->ttl >> RCODE_SHIFT),
	    .is_dnssec_ok = (record->ttl & DNS_OPT_DO) != 0,
	    .flags = (uint16_t)record->ttl,
	    .options = {view->bytes.data + record->data_at, record->data_len},
	};
}

const char *
dns_view_check(struct span bytes, struct dns_view_edns *edns, unsigned *rcode)
{
	struct dns_view view = dns_view_open(bytes);
	struct dns_view_record record;

	*edns = (struct dns_view_edns){.is_there = false};
	while (dns_view_next(&view, &record))
		if (record.section != DNS_VIEW_QUESTION &&
		    record.type == DNS_TYPE_OPT)
			take_edns(&view, &record, edns);
	*rcode = (unsigned)edns->extended_rcode << RCODE_BITS |
	         (view.flags & RCODE_MASK);
	return view.fault;
}

bool
dns_view_option(struct span *options, uint16_t *code, struct span *data)
{
	if (options->len < DNS_OPTION_HEAD)
		return false;
	*code = bytes_get16be(options->data);
	*data = (struct span){
	    options->data + DNS_OPTION_HEAD, bytes_get16be(options->data + 2)};
	options->data += DNS_OPTION_HEAD + data->len;
	options->len -= DNS_OPTION_HEAD + data->len;
	return true;
}
