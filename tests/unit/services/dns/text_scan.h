/*
 * text_scan.h — reads a line of a master file as the loader's scanner does, to
 * see what bytes a text stands for. For unit tests and fuzz targets.
 */
#ifndef TESTS_TEXT_SCAN_H
#define TESTS_TEXT_SCAN_H

#include <libzscanner/scanner.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The record that LINE, LEN characters, is; false: the scanner refuses it. */
static inline bool
text_scan(zs_scanner_t *scanner, const char *line, size_t len)
{
	if (zs_init(scanner, ".", 1, 3600) == -1 ||
	    zs_set_input_string(scanner, line, len) == -1)
		abort();
	bool is_read =
	    zs_parse_record(scanner) == 0 && scanner->state == ZS_STATE_DATA;

	if (!is_read && getenv("TEXT_SCAN_VERBOSE") != NULL)
		(void)fprintf(stderr, "%.*s: %s\n", (int)len, line,
		    zs_strerror(scanner->error.code));
	/* The next one is not part of it. */
	zs_deinit(scanner);
	return is_read;
}

#endif
