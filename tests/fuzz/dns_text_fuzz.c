/*
 * dns_text_fuzz.c — RDATA of any type → text → the zone scanner → the same
 * RDATA. The first two bytes are the type, the third how much is left in the
 * message before the RDATA, to which names point back.
 */
#include "../unit/services/dns/text_scan.h"
#include "core/bytes.h"
#include "services/dns/dns_text_record.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t owner[] = "\1a";

/* Writes the record to OUT and reads it back; false: the scanner refuses. */
static bool
scan(zs_scanner_t *scanner, const struct dns_text_record *record, char *out)
{
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, DNS_TEXT_MAX + 2048});

	dns_text_record(&text, record);
	dns_text_char(&text, '\n');
	if (text.is_full)
		abort();
	return text_scan(scanner, out, text.len);
}

/* In hexadecimal, which is how the scanner takes everything that it can take at
 * all. */
static bool
scan_bytes(
    zs_scanner_t *scanner, const struct dns_text_record *record, char *out)
{
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, DNS_TEXT_MAX + 2048});
	struct span bytes = {record->message + record->at, record->len};

	dns_text_chars(&text, "a. 0 IN TYPE");
	dns_text_number(&text, record->type);
	dns_text_chars(&text, " \\# ");
	dns_text_number(&text, bytes.len);
	dns_text_char(&text, ' ');
	dns_text_hex(&text, bytes);
	dns_text_char(&text, '\n');
	return text_scan(scanner, out, text.len);
}

static void
check(zs_scanner_t *scanner, const struct dns_text_record *record, char *out)
{
	if (!scan(scanner, record, out)) {
		if (scan_bytes(scanner, record, out))
			abort();
		return;
	}
	if (scanner->r_type != record->type || scanner->r_ttl != record->ttl ||
	    scanner->r_data_length != record->len ||
	    (record->len > 0 &&
	        memcmp(scanner->r_data, record->message + record->at,
	            record->len) != 0))
		abort();
}

/* Whatever text is left is not written beyond its space. */
static void
cut(const struct dns_text_record *record, char *out, size_t cap)
{
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, cap});

	dns_text_record(&text, record);
	if (text.len > cap)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static zs_scanner_t scanner;
	static char out[DNS_TEXT_MAX + 2048];
	struct dns_text_record record = {.name = owner, .ttl = 60};

	if (size < 3 || size > 65535)
		return -1;
	record.type = bytes_get16be(data);
	record.message = data + 3;
	record.len = size - 3;
	check(&scanner, &record, out);
	record.at = data[2] < record.len ? data[2] : record.len;
	record.len -= record.at;
	cut(&record, out, sizeof(out));
	cut(&record, out, data[2]);
	return 0;
}
