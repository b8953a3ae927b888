/* dissect_dns_test.c — DNS messages, field by field. */
#include "client/dissect/dissect_dns.h"

#include "dissect_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The bytes of a string literal, without its NUL. */
#define BYTES(literal)                                                         \
	((struct span){(const uint8_t *)(literal), sizeof(literal) - 1})

/* The lectures' two messages. */
static const char lecture_query[] =
    "\x1a\x2b\x04\x00\x00\x01\x00\x00\x00\x00\x00\x00"
    "\6google\3com\0\0\1\0\1";
static const char lecture_response[] =
    "\xff\x9b\x81\x80\x00\x01\x00\x02\x00\x00\x00\x00"
    "\6google\3com\0\0\1\0\1"
    "\xc0\x0c\0\1\0\1\0\0\1\4\0\4\xc0\xa5\1\1"
    "\xc0\x0c\0\1\0\1\0\0\1\4\0\4\xc0\xa5\1\12";

static const char query_text[] =
    "DNS message\n"
    "Header\n"
    "0+2 ID 0x1a2b (a response has its query's)\n"
    "2+2 Flags QR=0 OP=0 AA=1 (0x0400)\n"
    "* QR 0 (a query)\n"
    "* Opcode 0 (QUERY)\n"
    "* AA 1 (means nothing in a query)\n"
    "* TC 0\n"
    "* RD 0 (recursion is not desired)\n"
    "* RA 0\n"
    "* Z 0 (reserved)\n"
    "* AD 0\n"
    "* CD 0\n"
    "* RCODE 0 (NOERROR)\n"
    "4+2 QDCOUNT 1 (in the question section)\n"
    "6+2 ANCOUNT 0 (in the answer section)\n"
    "8+2 NSCOUNT 0 (in the authority section)\n"
    "10+2 ARCOUNT 0 (in the additional section)\n"
    "Question 1\n"
    "12+12 QNAME google.com. (6 google, 3 com, 0)\n"
    "24+2 QTYPE A (type 1)\n"
    "26+2 QCLASS IN (the Internet)\n";

static const char response_text[] =
    "DNS message\n"
    "Header\n"
    "0+2 ID 0xff9b (a response has its query's)\n"
    "2+2 Flags QR=1 OP=0 RD=1 RA=1 RCODE=0 (0x8180)\n"
    "* QR 1 (a response)\n"
    "* Opcode 0 (QUERY)\n"
    "* AA 0 (not an authoritative answer)\n"
    "* TC 0 (not truncated)\n"
    "* RD 1 (recursion is desired)\n"
    "* RA 1 (recursion is available)\n"
    "* Z 0 (reserved)\n"
    "* AD 0\n"
    "* CD 0\n"
    "* RCODE 0 (NOERROR)\n"
    "4+2 QDCOUNT 1 (in the question section)\n"
    "6+2 ANCOUNT 2 (in the answer section)\n"
    "8+2 NSCOUNT 0 (in the authority section)\n"
    "10+2 ARCOUNT 0 (in the additional section)\n"
    "Question 1\n"
    "12+12 QNAME google.com. (6 google, 3 com, 0)\n"
    "24+2 QTYPE A (type 1)\n"
    "26+2 QCLASS IN (the Internet)\n"
    "Answer 1\n"
    "28+2 NAME →12 google.com. (the name at byte 12)\n"
    "30+2 TYPE A (type 1)\n"
    "32+2 CLASS IN (the Internet)\n"
    "34+4 TTL 260 (4 min 20 s)\n"
    "38+2 RDLENGTH 4 (bytes of RDATA)\n"
    "40+4 ADDRESS 192.165.1.1\n"
    "Answer 2\n"
    "44+2 NAME →12 google.com. (the name at byte 12)\n"
    "46+2 TYPE A (type 1)\n"
    "48+2 CLASS IN (the Internet)\n"
    "50+4 TTL 260 (4 min 20 s)\n"
    "54+2 RDLENGTH 4 (bytes of RDATA)\n"
    "56+4 ADDRESS 192.165.1.10\n";

static void
the_lectures_query(void **state)
{
	(void)state;
	assert_string_equal(
	    dissect_text(BYTES(lecture_query), dissect_dns, 0), query_text);
}

static void
the_lectures_response(void **state)
{
	(void)state;
	assert_string_equal(
	    dissect_text(BYTES(lecture_response), dissect_dns, 0),
	    response_text);
}

static void
whatever_is_cut_or_changed_is_covered(void **state)
{
	(void)state;
	cover_all(BYTES(lecture_response), dissect_dns);
	cover_all(BYTES("\0\x0c\x1a\x2b\4\0\0\0\0\0\0\0\0\0\0\0\0\2a"),
	    dissect_dns_tcp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_lectures_query),
	    cmocka_unit_test(the_lectures_response),
	    cmocka_unit_test(whatever_is_cut_or_changed_is_covered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
