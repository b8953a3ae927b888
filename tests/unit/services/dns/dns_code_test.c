/* dns_code_test.c — the numbers in messages by their names. */
#include "services/dns/dns_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
first_and_last_of_each(void **state)
{
	(void)state;
	assert_string_equal(dns_code_opcode(0), "QUERY");
	assert_string_equal(dns_code_opcode(6), "DSO");
	assert_string_equal(dns_code_rcode(0), "NOERROR");
	assert_string_equal(dns_code_rcode(23), "BADCOOKIE");
	assert_string_equal(dns_code_class(1), "IN");
	assert_string_equal(dns_code_class(255), "ANY");
	assert_string_equal(dns_code_meta_type(41), "OPT");
	assert_string_equal(dns_code_meta_type(255), "ANY");
	assert_string_equal(dns_code_option(1), "LLQ");
	assert_string_equal(dns_code_option(19), "ZONEVERSION");
	assert_string_equal(dns_code_extended_error(0), "Other Error");
	assert_string_equal(dns_code_extended_error(24), "Invalid Data");
	assert_string_equal(dns_code_algorithm(0), "DELETE");
	assert_string_equal(dns_code_algorithm(254), "PRIVATEOID");
	assert_string_equal(dns_code_digest(4), "SHA-384");
}

/* The tables are read in their order: none may stand in a wrong place. */
static void
as_many_as_there_are(void **state)
{
	static const struct {
		const char *(*name_of)(unsigned);
		unsigned count;
	} tables[] = {
	    {dns_code_opcode, 6},
	    {dns_code_rcode, 20},
	    {dns_code_class, 5},
	    {dns_code_meta_type, 8},
	    {dns_code_option, 18},
	    {dns_code_extended_error, 25},
	    {dns_code_algorithm, 16},
	    {dns_code_digest, 5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		unsigned count = 0;

		for (unsigned number = 0; number < 65536; number++)
			count += tables[i].name_of(number) != NULL;
		assert_int_equal(count, tables[i].count);
	}
}

static void
tsig_has_a_word_of_its_own(void **state)
{
	(void)state;
	assert_string_equal(dns_code_rcode(16), "BADVERS");
	assert_string_equal(dns_code_tsig_error(16), "BADSIG");
	assert_string_equal(dns_code_tsig_error(18), "BADTIME");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(first_and_last_of_each),
	    cmocka_unit_test(as_many_as_there_are),
	    cmocka_unit_test(tsig_has_a_word_of_its_own),
	};

	return cmocka_run_group_tests_name("dns_code", tests, NULL, NULL);
}
