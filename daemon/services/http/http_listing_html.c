/* http_listing_html.c — names, sizes and dates between tags. */
#include "services/http/http_listing_html.h"
#include "core/utf8.h"
#include "services/http/http_date.h"

/* All colours are the browser's own, light or dark. */
static const char style[] =
    "<style>:root{color-scheme:light dark}"
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}"
    "h1{font-size:1.4rem;overflow-wrap:anywhere}"
    "table{width:100%;border-collapse:collapse}"
    "th{text-align:left;font-weight:normal}"
    "th,td{padding:.3rem .5rem .3rem 0;vertical-align:top;"
    "border-bottom:1px solid #8884}"
    "td:first-child{overflow-wrap:anywhere;white-space:pre-wrap;width:99%}"
    ".d{font-weight:bold}"
    "th+th,td+td{white-space:nowrap;font-variant-numeric:tabular-nums}"
    "th:nth-child(2),td:nth-child(2){text-align:right}"
    "@media(max-width:36rem){time span{display:none}}</style>\n";

/* One of the characters that turn the direction of what follows them: with one
 * of these in a name, "fdp.exe" reads "exe.pdf". */
static bool
is_turn(const uint8_t *sequence, size_t len)
{
	if (len != 3 || sequence[0] != 0xe2)
		return false;
	if (sequence[1] == 0x80)
		return sequence[2] == 0x8e || sequence[2] == 0x8f ||
		       (sequence[2] >= 0xa8 && sequence[2] <= 0xae);
	return sequence[1] == 0x81 && sequence[2] >= 0xa6 &&
	       sequence[2] <= 0xa9;
}

/* BYTES as text: UTF-8 always, and nothing that is markup. What cannot be
 * shown, or would deceive, is U+FFFD. */
static void
add_text(struct http_text *text, struct span bytes)
{
	while (bytes.len > 0) {
		uint8_t byte = bytes.data[0];
		size_t len = utf8_len(bytes);
		bool is_control =
		    byte < 0x20 || byte == 0x7f ||
		    (len == 2 && byte == 0xc2 && bytes.data[1] < 0xa0);

		if (len == 0 || is_control || is_turn(bytes.data, len))
			http_text_add(text, "\xef\xbf\xbd");
		else if (byte == '&')
			http_text_add(text, "&amp;");
		else if (byte == '<')
			http_text_add(text, "&lt;");
		else if (byte == '>')
			http_text_add(text, "&gt;");
		else if (byte == '"')
			http_text_add(text, "&quot;");
		else
			http_text_bytes(text, bytes.data, len);
		len += len == 0;
		bytes = (struct span){bytes.data + len, bytes.len - len};
	}
}

void
http_listing_html_link(struct http_text *text, struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		uint8_t byte = name.data[i], folded = byte | 0x20;
		bool is_plain = (folded >= 'a' && folded <= 'z') ||
		                (byte >= '0' && byte <= '9') || byte == '-' ||
		                byte == '.' || byte == '_' || byte == '~';

		if (is_plain)
			http_text_bytes(text, &byte, 1);
		else
			http_text_escape(text, byte);
	}
}

/* The head of the column NAME, by which VIEW sorts where it is BY; its link
 * sorts by it, or turns the order. */
static void
add_column(struct http_text *text, uint8_t view, uint8_t by, const char *name)
{
	static const char *const keys[] = {
	    [HTTP_LISTING_BY_NAME] = "name",
	    [HTTP_LISTING_BY_SIZE] = "size",
	    [HTTP_LISTING_BY_DATE] = "date",
	};
	bool is_sorted = (view & HTTP_LISTING_ORDER) == by;
	bool is_descending = (view & HTTP_LISTING_DESCENDING) != 0;

	http_text_add(text, "<th");
	if (is_sorted)
		http_text_add(text, is_descending ? " aria-sort=\"descending\""
		                                  : " aria-sort=\"ascending\"");
	http_text_add(text, "><a rel=\"nofollow\" href=\"?sort=");
	http_text_add(text, keys[by]);
	http_text_add(text, "&amp;order=");
	http_text_add(text, is_sorted && !is_descending ? "desc" : "asc");
	http_text_add(text, "\">");
	http_text_add(text, name);
	http_text_add(text, "</a>");
	if (is_sorted)
		http_text_add(
		    text, is_descending ? " \xe2\x96\xbc" : " \xe2\x96\xb2");
	http_text_add(text, "</th>");
}

void
http_listing_html_begin(struct http_text *text, uint8_t view, struct span path)
{
	http_text_add(text,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<title>/");
	add_text(text, path);
	http_text_add(text, path.len > 0 ? "/</title>\n" : "</title>\n");
	http_text_add(text, style);
	http_text_add(text, "</head>\n<body>\n<h1>/");
	add_text(text, path);
	http_text_add(text, path.len > 0 ? "/</h1>\n" : "</h1>\n");
	http_text_add(text, "<table>\n<thead><tr>");
	add_column(text, view, HTTP_LISTING_BY_NAME, "Name");
	add_column(text, view, HTTP_LISTING_BY_SIZE, "Size");
	add_column(text, view, HTTP_LISTING_BY_DATE, "Changed (UTC)");
	http_text_add(text, "</tr></thead>\n<tbody>\n");
	if (path.len > 0)
		http_text_add(text,
		    "<tr class=\"d\"><td><a href=\"../\">../</a></td>"
		    "<td></td><td></td></tr>\n");
}

/* "999 B", "1.0 KiB", "12 KiB". Cut, not rounded, so that none is 1024. */
static void
add_size(struct http_text *text, uint64_t size)
{
	static const char *const units[] = {
	    " B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"};
	unsigned unit = 0;
	uint64_t rest = 0;

	for (; size >= 1024; size >>= 10) {
		rest = size & 1023;
		unit++;
	}
	http_text_number(text, size, 10);
	if (unit > 0 && size < 10) {
		http_text_add(text, ".");
		http_text_number(text, rest * 10 / 1024, 10);
	}
	http_text_add(text, units[unit]);
}

static void
add_date(struct http_text *text, int64_t mtime)
{
	char date[HTTP_DATE_ISO_LEN];

	http_date_format_iso(mtime, date);
	http_text_add(text, "<time datetime=\"");
	http_text_bytes(text, date, sizeof(date));
	http_text_add(text, "\">");
	http_text_bytes(text, date, 10);
	http_text_add(text, "<span> ");
	http_text_bytes(text, date + 11, 5);
	http_text_add(text, "</span></time>");
}

void
http_listing_html_add(
    struct http_text *text, const struct http_listing_entry *entry)
{
	const char *slash = entry->is_folder ? "/" : "";

	http_text_add(text, entry->is_folder ? "<tr class=\"d\">" : "<tr>");
	http_text_add(text, "<td><a href=\"./");
	http_listing_html_link(text, entry->name);
	http_text_add(text, slash);
	http_text_add(text, "\">");
	add_text(text, entry->name);
	http_text_add(text, slash);
	http_text_add(text, "</a></td>");
	if (entry->is_folder) {
		http_text_add(text, "<td></td><td>");
	} else {
		http_text_add(text, "<td title=\"");
		http_text_number(text, entry->size, 10);
		http_text_add(
		    text, entry->size == 1 ? " byte\">" : " bytes\">");
		add_size(text, entry->size);
		http_text_add(text, "</td><td>");
	}
	add_date(text, entry->mtime);
	http_text_add(text, "</td></tr>\n");
}

void
http_listing_html_end(struct http_text *text, uint64_t more, bool more_is_least)
{
	http_text_add(text, "</tbody>\n</table>\n");
	if (more > 0) {
		http_text_add(text, "<p>There are ");
		if (more_is_least)
			http_text_add(text, "at least ");
		http_text_number(text, more, 10);
		http_text_add(text, " more, which are not shown.</p>\n");
	}
	http_text_add(text, "</body>\n</html>\n");
}
