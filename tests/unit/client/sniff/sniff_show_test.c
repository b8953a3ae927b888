/* sniff_show_test.c — a packet as a line, for terminals and for files. */
#include "client/sniff/sniff_show.h"

#include "client/dissect/dissect_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* UDP to echo, of 40 bytes of payload. */
static const char ipv4[] =
    "\x45\0\0\x44\0\0\0\0\x40\x11\0\0\x0a\0\0\1\x0a\0\0\2"
    "\x0f\xa0\0\x07\0\x30\0\0one two three four five six seven eight.";
static const char ipv6[] = "\x60\0\0\0\0\x0e\x11\x40"
                           "\x20\x01\x0d\xb8\0\1\0\2\0\3\0\4\0\5\0\6"
                           "\x20\x01\x0d\xb8\0\1\0\2\0\3\0\4\0\5\0\7"
                           "\x0f\xa0\0\x07\0\x0e\0\0hello\n";
/* A DNS message of one byte. */
static const char malformed[] =
    "\x45\0\0\x1d\0\0\0\0\x40\x11\0\0\x0a\0\0\1\x0a\0\0\2"
    "\x0f\xa0\0\x35\0\x09\0\0x";

/* What SCREEN gets of the LEN bytes of PACKET. Static. */
static const char *
show(struct screen screen, const char *packet, size_t len)
{
	static char text[8192];
	const struct options options = {0};
	const struct sniff_source source = {.dissect = dissect_link_raw};
	const struct sniff_source_packet captured = {
	    .time = {1795262400, 42},
	    .bytes = {(const uint8_t *)packet, len},
	    .len = len,
	};
	char *made = NULL;
	size_t made_len = 0;

	screen.out = open_memstream(&made, &made_len);
	assert_non_null(screen.out);
	assert_int_equal(
	    sniff_show(&screen, &options, &source, &captured, 1), 0);
	assert_int_equal(fclose(screen.out), 0);
	assert_true(made_len < sizeof(text));
	memcpy(text, made, made_len + 1);
	free(made);
	return text;
}

static void
file_gets_all_of_it(void **state)
{
	const struct screen screen = {.width = 40, .is_utf8 = true};

	(void)state;
	assert_string_equal(show(screen, ipv4, sizeof(ipv4) - 1),
	    "12:00:00.000042 10.0.0.1:4000 → 10.0.0.2:7 echo one two three "
	    "four five six seven eight.\n");
}

static void
terminal_gets_a_line(void **state)
{
	const struct screen screen = {
	    .width = 70, .is_terminal = true, .is_utf8 = true};

	(void)state;
	assert_string_equal(show(screen, ipv4, sizeof(ipv4) - 1),
	    "12:00:00.000042 10.0.0.1:4000 → 10.0.0.2:7 echo one two three "
	    "four fi…\n");
}

/* Where the locale has no more. */
static void
ascii_terminal_gets_ascii(void **state)
{
	const struct screen screen = {.width = 70, .is_terminal = true};

	(void)state;
	assert_string_equal(show(screen, ipv4, sizeof(ipv4) - 1),
	    "12:00:00.000042 10.0.0.1:4000 -> 10.0.0.2:7 echo one two three "
	    "four...\n");
}

static void
long_addresses_have_a_line_of_their_own(void **state)
{
	const struct screen screen = {
	    .width = 80, .is_terminal = true, .is_utf8 = true};

	(void)state;
	assert_string_equal(show(screen, ipv6, sizeof(ipv6) - 1),
	    "12:00:00.000042 [2001:db8:1:2:3:4:5:6]:4000 → "
	    "[2001:db8:1:2:3:4:5:7]:7\n"
	    "                echo hello\n");
}

static void
malformed_ones_are_marked_within_the_width(void **state)
{
	const struct screen screen = {
	    .width = 80, .is_terminal = true, .has_color = true};
	const char *text = show(screen, malformed, sizeof(malformed) - 1);

	(void)state;
	assert_non_null(strstr(text, "\033[7;31m (malformed)\033[0m\n"));
	assert_non_null(strstr(text, "\033[35mDNS\033[0m "));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(file_gets_all_of_it),
	    cmocka_unit_test(terminal_gets_a_line),
	    cmocka_unit_test(ascii_terminal_gets_ascii),
	    cmocka_unit_test(long_addresses_have_a_line_of_their_own),
	    cmocka_unit_test(malformed_ones_are_marked_within_the_width),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
