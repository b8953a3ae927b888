/* dns_transfer_test.c — where zones that come in end. */
#include "services/dns/dns_transfer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The state after RECORDS: digits are SOAs of that serial, dots are other
 * records, bars end messages. */
static enum dns_transfer_state
run(struct dns_transfer transfer, const char *records)
{
	for (; *records != '\0'; records++)
		if (*records == '|')
			(void)dns_transfer_end_message(&transfer);
		else
			(void)dns_transfer_take(&transfer, *records != '.',
			    *records == '.' ? 0 : (uint32_t)(*records - '0'));
	return transfer.state;
}

static void
axfr_ends_at_the_second_soa(void **state)
{
	const struct dns_transfer axfr = {.is_incremental = false};

	(void)state;
	assert_int_equal(run(axfr, ""), DNS_TRANSFER_BEGIN);
	assert_int_equal(run(axfr, "5|"), DNS_TRANSFER_WHOLE);
	assert_int_equal(run(axfr, "5...|..|"), DNS_TRANSFER_WHOLE);
	assert_int_equal(run(axfr, "5...|..5|"), DNS_TRANSFER_DONE);
	assert_int_equal(run(axfr, "55"), DNS_TRANSFER_DONE);
	assert_int_equal(run(axfr, ".5"), DNS_TRANSFER_NO_ZONE);
	assert_int_equal(run(axfr, "5..5."), DNS_TRANSFER_BEHIND);
	assert_int_equal(run(axfr, "5..55"), DNS_TRANSFER_BEHIND);
}

static void
ixfr_of_each_form(void **state)
{
	const struct dns_transfer ixfr = {.is_incremental = true, .known = 3};

	(void)state;
	/* RFC 1995 §2: nothing newer. */
	assert_int_equal(run(ixfr, "3|"), DNS_TRANSFER_DONE);
	assert_int_equal(run(ixfr, "2|"), DNS_TRANSFER_DONE);
	/* A first message may hold no more than the SOA. */
	assert_int_equal(run(ixfr, "5|"), DNS_TRANSFER_SECOND);
	/* §4: the whole zone, which an empty one may be. */
	assert_int_equal(run(ixfr, "5|..|..5"), DNS_TRANSFER_DONE);
	assert_int_equal(run(ixfr, "5.|.."), DNS_TRANSFER_WHOLE);
	assert_int_equal(run(ixfr, "55"), DNS_TRANSFER_DONE);
	/* Differences, in sequences. */
	assert_int_equal(run(ixfr, "53..5"), DNS_TRANSFER_ADDED);
	assert_int_equal(run(ixfr, "53..5.5"), DNS_TRANSFER_DONE);
	assert_int_equal(run(ixfr, "53.4..|4.5..|"), DNS_TRANSFER_ADDED);
	assert_int_equal(run(ixfr, "53.4..|4.5..|5"), DNS_TRANSFER_DONE);
	assert_int_equal(run(ixfr, "5353"), DNS_TRANSFER_DELETED);
	assert_int_equal(run(ixfr, "53..5.5."), DNS_TRANSFER_BEHIND);
	assert_int_equal(run(ixfr, "."), DNS_TRANSFER_NO_ZONE);
}

/* RFC 1982 §3.2. */
static void
serials_wrap(void **state)
{
	struct dns_transfer ixfr = {
	    .is_incremental = true, .known = UINT32_MAX};

	(void)state;
	assert_int_equal(run(ixfr, "1|"), DNS_TRANSFER_SECOND);
	ixfr.known = 1;
	(void)dns_transfer_take(&ixfr, true, UINT32_MAX);
	assert_int_equal(dns_transfer_end_message(&ixfr), DNS_TRANSFER_DONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(axfr_ends_at_the_second_soa),
	    cmocka_unit_test(ixfr_of_each_form),
	    cmocka_unit_test(serials_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
