/* dns_load_source.c — where in a master file the scanner is. Loader process
 * only. */
#include "services/dns/dns_load_source.h"

#include "services/dns/dns_load_line.h"

#include <libzscanner/scanner.h>

unsigned
dns_load_source_line(const struct dns_load_source *source, const char *at)
{
	if (source->generate_line != 0)
		return source->generate_line;
	return (unsigned)source->line + dns_load_line_count(source->text, at);
}

unsigned
dns_load_source_record_line(const struct dns_load_source *source)
{
	const zs_scanner_t *scanner = source->scanner;
	struct dns_load_line line;

	if (source->generate_line != 0)
		return source->generate_line;
	if (scanner->input.eof || scanner->line_counter <= source->line + 1)
		return (unsigned)scanner->line_counter;
	dns_load_line_read(
	    &line, source->text, source->end, scanner->input.current);
	return dns_load_source_line(source, line.start);
}

const char *
dns_load_source_end(const struct dns_load_source *source)
{
	const zs_scanner_t *scanner = source->scanner;

	return scanner->input.eof ? source->end : scanner->input.current;
}
