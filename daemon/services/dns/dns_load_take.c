/* dns_load_take.c — a record that was read → the zone's records. Loader process
 * only. */
#include "services/dns/dns_load_take.h"

#include "services/dns/dns_load_hint.h"
#include "services/dns/dns_load_line.h"
#include "services/dns/dns_load_rdata.h"
#include "services/dns/dns_load_syntax.h"
#include "services/dns/dns_load_text.h"

#include <libzscanner/scanner.h>
#include <string.h>

/* With a hint where the configuration and the file may mean two zones, and
 * where a name has a final dot that would be better without. */
static void
tell_outside(const struct dns_load_source *source, unsigned line)
{
	const zs_scanner_t *scanner = source->scanner;
	struct dns_load_report *report = source->reader->report;
	const char *hint = "";
	char name[DNS_NAME_TEXT_MAX];

	if (scanner->r_type == DNS_TYPE_SOA) {
		report->is_soa_lost = report->is_ns_lost = true;
		hint = ": is the file that of another zone?";
	} else if (dns_name_labels(scanner->r_owner) <
	           dns_name_labels(source->reader->records->apex)) {
		hint = ": with its final dot it is no name of the zone";
	}
	dns_load_report_error(report, source->number, line,
	    "%s is outside the zone%s", dns_name_format(scanner->r_owner, name),
	    hint);
}

/* Tells why the data of the scanner's record cannot be in a zone. Apart: the
 * texts are cleared, which would show in a million records. */
static void
tell_data(const struct dns_load_source *source, unsigned line, bool is_type)
{
	const zs_scanner_t *scanner = source->scanner;
	char name[DNS_NAME_TEXT_MAX], mnemonic[DNS_LOAD_REPORT_TYPE_MAX];

	dns_name_format(scanner->r_owner, name);
	if (is_type)
		dns_load_report_error(source->reader->report, source->number,
		    line, "%s %s: the data is not what its type demands", name,
		    dns_load_report_type(scanner->r_type, mnemonic));
	else
		dns_load_report_error(source->reader->report, source->number,
		    line, "%s: no zone has data of type %u", name,
		    scanner->r_type);
}

/* Most records of a file with some escape have none. */
static bool
has_escape(const struct dns_load_source *source)
{
	const char *end = dns_load_source_end(source);

	return source->reader->has_escapes &&
	       memchr(source->text, '\\', (size_t)(end - source->text)) != NULL;
}

/* The scanner takes \256 in a name for \000. */
static bool
tell_escape(const struct dns_load_source *source)
{
	struct dns_load_line line;

	dns_load_line_read(
	    &line, source->text, source->end, dns_load_source_end(source) - 1);
	const struct dns_load_word *word = dns_load_line_escape(&line);

	if (word == NULL)
		return false;
	char text[DNS_LOAD_SYNTAX_MAX];

	dns_load_report_error(source->reader->report, source->number,
	    dns_load_source_line(source, word->p), "%s",
	    dns_load_syntax_explain_escape(word, text));
	return true;
}

/* Tells what is wrong with the scanner's record before it is kept. */
static bool
is_data(const struct dns_load_source *source, unsigned line)
{
	struct dns_load_report *report = source->reader->report;
	const zs_scanner_t *scanner = source->scanner;
	unsigned type = scanner->r_type;

	if (scanner->r_class != DNS_CLASS_IN)
		dns_load_report_error(report, source->number, line,
		    "class %u: only IN is served", scanner->r_class);
	/* After some mistakes the scanner lends what it had read of another
	 * owner; NS data is a name and no more. */
	else if (!dns_load_rdata_is_valid(
	             DNS_TYPE_NS, scanner->r_owner, scanner->r_owner_length)) {
		if (!source->is_owner_lost)
			dns_load_report_error(report, source->number, line,
			    "no owner, and none before it");
	} else if (type == 0 || type == DNS_TYPE_OPT ||
	           (type >= DNS_TYPE_META_FIRST && type <= DNS_TYPE_META_LAST))
		tell_data(source, line, false);
	else if (!dns_load_rdata_is_valid(
	             scanner->r_type, scanner->r_data, scanner->r_data_length))
		tell_data(source, line, true);
	else
		return !has_escape(source) || !tell_escape(source);
	return false;
}

/* RFC 2308 §4: without a TTL a record has that of $TTL; RFC 1035 §5.1: where
 * there is none, the last one given. */
static uint32_t
ttl_of_record(struct dns_load_source *source, unsigned line)
{
	struct dns_load_reader *reader = source->reader;
	uint32_t ttl = source->scanner->r_ttl;

	if (ttl != DNS_LOAD_TAKE_NO_TTL) {
		source->has_ttl = true;
		source->last_ttl = ttl;
	} else if (source->has_ttl) {
		ttl = source->last_ttl;
	} else {
		ttl = DNS_LOAD_TEXT_TTL;
		if (!reader->is_ttl_told)
			dns_load_report_warning(reader->report, source->number,
			    line,
			    "neither the record nor a $TTL before it says the "
			    "TTL: %d seconds are taken",
			    DNS_LOAD_TEXT_TTL);
		reader->is_ttl_told = true;
	}
	if (ttl <= INT32_MAX)
		return ttl;
	dns_load_report_warning(reader->report, source->number, line,
	    "the TTL %u has its highest bit set and is taken for 0 (RFC 2181 "
	    "§8)",
	    ttl);
	return 0;
}

/* A line that begins with a blank goes on with the owner before it, whatever
 * $ORIGIN came between. */
static void
check_origin(struct dns_load_source *source, unsigned number)
{
	struct dns_load_line line;
	char name[DNS_NAME_TEXT_MAX];

	source->is_origin_new = false;
	dns_load_line_read(
	    &line, source->text, source->end, dns_load_source_end(source) - 1);
	if (!line.has_owner && line.word_count > 0)
		dns_load_report_warning(source->reader->report, source->number,
		    number,
		    "the line begins with a blank: it belongs to %s, in spite "
		    "of the $ORIGIN before it",
		    dns_name_format(source->scanner->r_owner, name));
}

void
dns_load_take(struct dns_load_source *source)
{
	struct dns_load_reader *reader = source->reader;
	struct dns_load_records *records = reader->records;
	const zs_scanner_t *scanner = source->scanner;
	unsigned line = dns_load_source_record_line(source);
	size_t owners = records->owner_count;

	if (!is_data(source, line)) {
		reader->report->is_incomplete = true;
		return;
	}
	struct dns_load_record record = {
	    .type = scanner->r_type,
	    .length = (uint16_t)scanner->r_data_length,
	    .ttl = ttl_of_record(source, line),
	    .line = line,
	    .file = (uint16_t)source->number,
	};

	if (source->is_origin_new)
		check_origin(source, line);
	switch (dns_load_records_add(records, scanner->r_owner,
	    scanner->r_owner_length, &record, scanner->r_data)) {
	case DNS_LOAD_OUTSIDE:
		tell_outside(source, line);
		break;
	case DNS_LOAD_NO_SPACE:
		reader->is_full = true;
		dns_load_report_error(reader->report, source->number, line,
		    "no memory for more records");
		break;
	case DNS_LOAD_ADDED:
		dns_load_hint(reader->report,
		    &(struct dns_load_written){
		        .text = source->text,
		        .end = dns_load_source_end(source),
		        .apex = records->apex,
		        .apex_len = records->apex_len,
		        .origin = source->origin,
		        .origin_len = source->origin_len,
		        .owner = scanner->r_owner,
		        .owner_len = scanner->r_owner_length,
		        .record = &record,
		        .rdata = scanner->r_data,
		        .is_owner_new = records->owner_count > owners,
		        .has_high_bytes = reader->has_high_bytes,
		    });
		break;
	}
}
