/* dns_answer_loop_test.c — who would answer an answer gets none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "query_fixture.h"

/* What daytime, chargen and others like them send: text, which is no query. An
 * error would be answered with more of it, for ever. */
static void
servers_that_answer_anything_are_left_alone(void **state)
{
	static const char *const texts[] = {
	    "Sat Nov 21 12:10:00 2026\r\n",
	    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJ\r\n",
	    "\1\2\1\2\1\2\1\2\1\2\1\2",
	};
	static const uint16_t ports[] = {7, 13, 17, 19, 37};
	struct query_fixture *fixture = query_fixture();

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct query query = {0};

		query_add(&query, texts[i], strlen(texts[i]));
		fixture->peer.in4.sin_port = htons(1024);
		fixture->context.transport = TRANSPORT_UDP;
		(void)query_answer(fixture, &query,
		    i == 0 ? DNS_OUTCOME_NOTIMP : DNS_OUTCOME_FORMERR);
		assert_true(fixture->reply_len >= DNS_HEADER_SIZE);
		for (size_t k = 0; k < 5; k++) {
			fixture->peer.in4.sin_port = htons(ports[k]);
			fixture->context.transport = TRANSPORT_UDP;
			assert_string_equal(
			    query_answer(fixture, &query, DNS_OUTCOME_SILENT),
			    "silent");
			/* Who connects does not answer by itself. */
			fixture->context.transport = TRANSPORT_TCP;
			(void)query_answer(fixture, &query,
			    i == 0 ? DNS_OUTCOME_NOTIMP : DNS_OUTCOME_FORMERR);
		}
	}
	/* A question is one, wherever it comes from. */
	struct query query = query_for("www.example", DNS_TYPE_A);

	fixture->peer.in4.sin_port = htons(13);
	fixture->context.transport = TRANSPORT_UDP;
	(void)query_answer(fixture, &query, DNS_OUTCOME_NOERROR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(servers_that_answer_anything_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
