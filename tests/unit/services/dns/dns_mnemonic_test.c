/* dns_mnemonic_test.c — numbers by their names, and back. */
#include "services/dns/dns_mnemonic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "services/dns/dns_wire.h"

static void
every_type_and_class_is_read_back(void **state)
{
	char text[DNS_MNEMONIC_MAX];
	uint16_t number;

	(void)state;
	for (unsigned i = 0; i <= UINT16_MAX; i++) {
		number = (uint16_t)~i;
		assert_true(dns_mnemonic_read_type(
		    dns_mnemonic_type((uint16_t)i, text), &number));
		assert_int_equal(number, i);
		number = (uint16_t)~i;
		assert_true(dns_mnemonic_read_class(
		    dns_mnemonic_class((uint16_t)i, text), &number));
		assert_int_equal(number, i);
	}
}

static void
words_of_either_case(void **state)
{
	uint16_t number = 0;

	(void)state;
	assert_true(dns_mnemonic_read_type("aAaA", &number));
	assert_int_equal(number, DNS_TYPE_AAAA);
	assert_true(dns_mnemonic_read_type("any", &number));
	assert_int_equal(number, DNS_TYPE_ANY);
	assert_true(dns_mnemonic_read_type("type65535", &number));
	assert_int_equal(number, 65535);
	assert_true(dns_mnemonic_read_type("TYPE1", &number));
	assert_int_equal(number, DNS_TYPE_A);
	assert_true(dns_mnemonic_read_class("ch", &number));
	assert_int_equal(number, DNS_CLASS_CH);
	assert_true(dns_mnemonic_read_class("Class7", &number));
	assert_int_equal(number, 7);
}

static void
words_that_are_none(void **state)
{
	static const char *const words[] = {"", "a.", "aa", "TYPE", "type-1",
	    "TYPE1x", "TYPE65536", "TYPE99999999999999999999", "CLASS",
	    "google"};
	uint16_t number = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_false(dns_mnemonic_read_type(words[i], &number));
		assert_false(dns_mnemonic_read_class(words[i], &number));
	}
	assert_int_equal(number, 7);
}

static void
the_others(void **state)
{
	char text[DNS_MNEMONIC_MAX];

	(void)state;
	assert_string_equal(dns_mnemonic_opcode(4, text), "NOTIFY");
	assert_string_equal(dns_mnemonic_opcode(15, text), "OPCODE15");
	assert_string_equal(dns_mnemonic_rcode(3, text), "NXDOMAIN");
	assert_string_equal(dns_mnemonic_rcode(4095, text), "RCODE4095");
	assert_string_equal(dns_mnemonic_option(10, text), "COOKIE");
	assert_string_equal(dns_mnemonic_option(65001, text), "OPTION65001");
	/* None of IANA's is cut. */
	for (uint16_t i = 0; i < 100; i++)
		assert_true(
		    strlen(dns_mnemonic_option(i, text)) < sizeof(text) - 1);
	for (unsigned i = 0; i < 4096; i++)
		assert_non_null(dns_mnemonic_rcode_meaning(i));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_type_and_class_is_read_back),
	    cmocka_unit_test(words_of_either_case),
	    cmocka_unit_test(words_that_are_none),
	    cmocka_unit_test(the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
