/* show_hex_fields_test.c — fields in a hex dump, on exact text. */
#include "show_fixture.h"

#include "client/dissect/dissect_dns.h"

#define BYTES(literal)                                                         \
	((struct span){(const uint8_t *)(literal), sizeof(literal) - 1})

static const struct screen plain = {.width = 80, .is_utf8 = true};
static const struct screen ascii = {.width = 80};
static const struct screen colored = {
    .width = 80, .is_utf8 = true, .has_color = true};

static const char response[] =
    "\xff\x9b\x81\x80\x00\x01\x00\x02\x00\x00\x00\x00"
    "\6google\3com\0\0\1\0\1"
    "\xc0\x0c\0\1\0\1\0\0\1\4\0\4\xc0\xa5\1\1"
    "\xc0\x0c\0\1\0\1\0\0\1\4\0\4\xc0\xa5\1\12";

static void
without_colour_fields_have_brackets_and_letters(void **state)
{
	(void)state;
	assert_shown(plain, BYTES(response), dissect_dns, show_hex_fields,
	    "0000  [ff 9b] [81 80] [00 01] [00 02]  |........|\n"
	    "       A       B       C       D\n"
	    "0008  [00 00] [00 00] [06 67 6f 6f     |.....goo|\n"
	    "       E       F       G\n"
	    "0010   67 6c 65 03 63 6f 6d 00]        |gle.com.|\n"
	    "       G\n"
	    "0018  [00 01] [00 01] [c0 0c] [00 01]  |........|\n"
	    "       H       I       P       J\n"
	    "0020  [00 01] [00 00 01 04] [00 04]    |........|\n"
	    "       K       L             M\n"
	    "0028  [c0 a5 01 01] [c0 0c] [00 01]    |........|\n"
	    "       N             P       O\n"
	    "0030  [00 01] [00 00 01 04] [00 04]    |........|\n"
	    "       Q       R             S\n"
	    "0038  [c0 a5 01 0a]                    |....|\n"
	    "       T\n"
	    "A id 0xff9b · B flags QR=1 OP=0 RD=1 RA=1 RCODE=0 · C qdcount 1 · "
	    "D ancount 2\n"
	    "  E nscount 0 · F arcount 0\n"
	    "G qname google.com. · H qtype A · I qclass IN\n"
	    "P→12 pointer google.com. · J type A · K class IN · L ttl 260 · "
	    "M rdlength 4\n"
	    "  N address 192.165.1.1\n"
	    "O type A · Q class IN · R ttl 260 · S rdlength 4 · "
	    "T address 192.165.1.10\n");
}

static void
with_colour_rows_have_sixteen_bytes(void **state)
{
	(void)state;
	assert_shown(colored, BYTES("\x1a\x2b\1\0\0\0\0\0\0\0\0\0"),
	    dissect_dns, show_hex_fields,
	    "\033[2m0000  \033[0m\033[36m1a 2b\033[0m\033[2m|\033[0m"
	    "\033[33m01 00\033[0m\033[2m|\033[0m\033[32m00 00\033[0m"
	    "\033[2m|\033[0m\033[32m00 00\033[0m\033[2m|\033[0m"
	    "\033[32m00 00\033[0m\033[2m|\033[0m\033[32m00 00\033[0m"
	    "            \033[2m  |\033[0m\033[36m.+\033[0m\033[33m..\033[0m"
	    "\033[32m........\033[0m\033[2m|\033[0m\n"
	    "\033[36mid 0x1a2b\033[0m\033[2m · \033[0m"
	    "\033[33mflags QR=0 OP=0 RD=1\033[0m\033[2m · \033[0m"
	    "\033[32mqdcount 0\033[0m\033[2m · \033[0m"
	    "\033[32mancount 0\033[0m\033[2m · \033[0m"
	    "\033[32mnscount 0\033[0m\033[2m · \033[0m"
	    "\033[32marcount 0\033[0m\n");
}

static void
where_there_is_only_ascii_signs_are_too(void **state)
{
	char *text =
	    show_text(ascii, BYTES(response), dissect_dns, show_hex_fields);

	(void)state;
	assert_non_null(
	    strstr(text, "P->12 pointer google.com. | J type A | K class IN"));
	for (const char *at = text; *at != '\0'; at++)
		assert_true(*at > 0 && *at < 0x7f);
	free(text);
}

static void
what_is_bad_has_a_mark(void **state)
{
	(void)state;
	assert_shown(plain, BYTES("\x1a\x2b\1"), dissect_dns, show_hex_fields,
	    "0000  [1a 2b] [01]  |.+.|\n"
	    "       A       !\n"
	    "A id 0x1a2b · ! flags truncated: 1 of 2 bytes are there\n");
	/* Nothing is there: then no byte has it. */
	assert_shown(plain, BYTES("\x1a\x2b"), dissect_dns, show_hex_fields,
	    "0000  [1a 2b]  |.+|\n"
	    "       A\n"
	    "A id 0x1a2b · ! flags truncated: 0 of 2 bytes are there\n");
}

/* A field of a byte for each byte. */
static void
dissect_bytes(struct dissect *dissect, size_t at, size_t end)
{
	for (; at < end; at++)
		dissect_field(
		    dissect, STYLE_DATA, at, 1, "Byte", NULL, "%zu", at);
}

static void
the_widest_rows_fit_any_screen(void **state)
{
	static const uint8_t bytes[1000];
	struct screen screen = plain;

	(void)state;
	for (screen.width = 40; screen.width < 130; screen.width++) {
		char *text =
		    show_text(screen, (struct span){bytes, sizeof(bytes)},
		        dissect_bytes, show_hex_fields);

		for (const char *line = text; *line != '\0';) {
			const char *end = strchr(line, '\n');
			struct span columns = {
			    (const uint8_t *)line, (size_t)(end - line)};

			assert_in_range(
			    screen_columns(&screen, columns), 0, screen.width);
			line = end + 1;
		}
		free(text);
	}
}

static void
letters_go_on_as_two(void **state)
{
	static const uint8_t bytes[60];
	char *text = show_text(plain, (struct span){bytes, sizeof(bytes)},
	    dissect_bytes, show_hex_fields);

	(void)state;
	assert_non_null(
	    strstr(text, "       x    y    z    Aa   Ab   Ac   Ad   Ae\n"));
	assert_non_null(strstr(text, "z byte 50 · Aa byte 51 · Ab byte 52"));
	free(text);
}

static void
long_values_are_cut(void **state)
{
	char name[300];
	char message[400];

	(void)state;
	memcpy(message, "\x1a\x2b\0\0\0\1\0\0\0\0\0\0", 12);
	memset(name, 'a', sizeof(name));
	for (size_t at = 0; at < 128; at += 64)
		name[at] = 63;
	memcpy(message + 12, name, 128);
	memcpy(message + 12 + 128, "\0\0\1\0\1", 5);
	char *text = show_text(plain,
	    (struct span){(const uint8_t *)message, 12 + 128 + 5}, dissect_dns,
	    show_hex_fields);

	assert_non_null(strstr(text, "aaaa… · H qtype A\n  I qclass IN\n"));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(without_colour_fields_have_brackets_and_letters),
	    cmocka_unit_test(with_colour_rows_have_sixteen_bytes),
	    cmocka_unit_test(where_there_is_only_ascii_signs_are_too),
	    cmocka_unit_test(what_is_bad_has_a_mark),
	    cmocka_unit_test(the_widest_rows_fit_any_screen),
	    cmocka_unit_test(letters_go_on_as_two),
	    cmocka_unit_test(long_values_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
