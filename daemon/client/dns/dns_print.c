/* dns_print.c — responses on the screen. */
#include "client/dns/dns_print.h"

#include "client/dns/dns_data.h"
#include "client/dns/dns_options.h"
#include "core/bytes.h"
#include "services/dns/dns_mnemonic.h"

enum { COMMENT_WIDTH = 78 };

static const struct {
	uint16_t bit;
	const char *text;
} flags[] = {
    {DNS_FLAG_QR, "QR response"},
    {DNS_FLAG_AA, "AA authoritative"},
    {DNS_FLAG_TC, "TC truncated"},
    {DNS_FLAG_RD, "RD recursion desired"},
    {DNS_FLAG_RA, "RA recursion available"},
    {DNS_FLAG_Z, "Z reserved"},
    {DNS_FLAG_AD, "AD authentic, says the server"},
    {DNS_FLAG_CD, "CD checking disabled"},
};

/* As many in a line as there is room for. */
static void
print_flags(const struct screen *screen, uint16_t bits)
{
	size_t column = 0;

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		size_t len = strlen(flags[i].text);

		if ((bits & flags[i].bit) == 0)
			continue;
		if (column > 0 && column + 2 + len > COMMENT_WIDTH) {
			fputc('\n', screen->out);
			column = 0;
		}
		screen_print(
		    screen, STYLE_NOTE, "%s", column == 0 ? ";; " : ", ");
		screen_print(screen, STYLE_FLAGS, "%s", flags[i].text);
		column += len + 3;
	}
	if (column > 0)
		fputc('\n', screen->out);
}

void
dns_print_head(const struct screen *screen, struct span message)
{
	struct dns_view view = dns_view_open(message);
	struct dns_view_edns edns;
	char opcode[DNS_MNEMONIC_MAX], text[DNS_MNEMONIC_MAX];
	unsigned rcode;

	if (view.fault != NULL)
		return;
	(void)dns_view_check(message, &edns, &rcode);
	screen_print(screen, STYLE_NOTE, ";; ");
	screen_print(
	    screen, STYLE_FLAGS, "%s", dns_mnemonic_rcode(rcode, text));
	screen_print(screen, STYLE_NOTE, " (%s), %s, id ",
	    dns_mnemonic_rcode_meaning(rcode),
	    dns_mnemonic_opcode(view.flags >> 11 & 15, opcode));
	screen_print(screen, STYLE_ID, "%u", view.id);
	fputc('\n', screen->out);
	print_flags(screen, view.flags);
	if (edns.is_there)
		dns_options_print(screen, &edns);
}

/* A master file has neither OPT nor TSIG, nor a TTL above 2^31 - 1, which
 * counts as none (RFC 2181 §8). */
void
dns_print_record(const struct screen *screen, struct span message,
    const struct dns_view_record *record)
{
	struct span data = dns_data_text(message, record);
	char type[DNS_MNEMONIC_MAX], class[DNS_MNEMONIC_MAX];
	bool is_meta = record->type >= DNS_TYPE_META_FIRST &&
	               record->type <= DNS_TYPE_META_LAST;

	if (is_meta || record->type == DNS_TYPE_OPT)
		screen_print(screen, STYLE_NOTE, ";; ");
	screen_bytes(screen, STYLE_NAME, dns_data_name(record));
	fputc('\t', screen->out);
	screen_print(
	    screen, STYLE_TTL, "%u", record->ttl > INT32_MAX ? 0 : record->ttl);
	fputc('\t', screen->out);
	screen_print(screen, STYLE_TYPE, "%s\t%s",
	    dns_mnemonic_class(record->class, class),
	    dns_mnemonic_type(record->type, type));
	fputc('\t', screen->out);
	screen_bytes(screen, STYLE_DATA, data);
	fputc('\n', screen->out);
}

static void
print_question(
    const struct screen *screen, const struct dns_view_record *question)
{
	char type[DNS_MNEMONIC_MAX], class[DNS_MNEMONIC_MAX];

	screen_print(screen, STYLE_NOTE, ";; question: ");
	screen_bytes(screen, STYLE_NAME, dns_data_name(question));
	fputc(' ', screen->out);
	screen_print(screen, STYLE_TYPE, "%s %s",
	    dns_mnemonic_class(question->class, class),
	    dns_mnemonic_type(question->type, type));
	fputc('\n', screen->out);
}

static void
print_sections(const struct screen *screen, struct span message)
{
	static const char *const titles[] = {
	    [DNS_VIEW_ANSWER] = "answer",
	    [DNS_VIEW_AUTHORITY] = "authority",
	    [DNS_VIEW_ADDITIONAL] = "additional",
	};
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;
	enum dns_view_section last = DNS_VIEW_QUESTION;

	while (dns_view_next(&view, &record)) {
		if (record.section == DNS_VIEW_QUESTION) {
			print_question(screen, &record);
			continue;
		}
		if (record.type == DNS_TYPE_OPT)
			continue; /* it is in the head */
		if (record.section != last) {
			screen_print(screen, STYLE_NOTE,
			    ";; %s:", titles[record.section]);
			fputc('\n', screen->out);
		}
		last = record.section;
		dns_print_record(screen, message, &record);
	}
}

void
dns_print_response(const struct screen *screen, const struct dns_ask *ask)
{
	dns_print_head(screen, ask->reply);
	print_sections(screen, ask->reply);
	screen_print(screen, STYLE_NOTE, ";; %s: %zu bytes in %.1f ms",
	    ask->server, ask->reply.len, ask->ms);
	fputc('\n', screen->out);
}

void
dns_print_short(const struct screen *screen, struct span message)
{
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;

	while (dns_view_next(&view, &record))
		if (record.section == DNS_VIEW_ANSWER) {
			screen_bytes(screen, STYLE_DATA,
			    dns_data_text(message, &record));
			fputc('\n', screen->out);
		}
}
