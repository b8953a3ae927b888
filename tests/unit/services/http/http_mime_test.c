/* Media types by name: RFC 9110 §8.3. */
#include "services/http/http_mime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
expect(const char *name, const char *type)
{
	assert_string_equal(
	    http_mime_type(&(struct http_mimes){NULL, 0},
	        (struct span){(const uint8_t *)name, strlen(name)}),
	    type);
}

static void
http_43_rfc_9110_8_3_types(void **state)
{
	(void)state;
	expect("index.html", "text/html; charset=utf-8");
	expect("a/b.c/x.HTML", "text/html; charset=utf-8");
	expect("style.css", "text/css; charset=utf-8");
	expect("a.tar.gz", "application/gzip");
	expect("picture.PNG", "image/png");
	/* The table's ends and neighbours, which a search finds only in order.
	 */
	expect("a.7z", "application/x-7z-compressed");
	expect("a.zst", "application/zstd");
	expect("a.htm", "text/html; charset=utf-8");
	expect("a.js", "text/javascript; charset=utf-8");
	expect("a.json", "application/json");
	expect("a.woff", "font/woff");
	expect("a.woff2", "font/woff2");
	expect("a.c", "text/plain; charset=utf-8");
	expect("a.zone", "text/dns; charset=utf-8");
}

static void
http_43_the_unknown_is_bytes(void **state)
{
	(void)state;
	expect("", "application/octet-stream");
	expect("html", "application/octet-stream");
	expect("a.html/b", "application/octet-stream");
	expect("a.", "application/octet-stream");
	expect("a.unknown", "application/octet-stream");
	expect("a.htmlx", "application/octet-stream");
	expect("a.htm\xff", "application/octet-stream");
	expect("a.extensionverylong", "application/octet-stream");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_43_rfc_9110_8_3_types),
	    cmocka_unit_test(http_43_the_unknown_is_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
