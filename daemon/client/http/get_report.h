/* get_report.h — what is said about a response: its head, a line, or JSON. */
#ifndef NETLAB_CLIENT_HTTP_GET_REPORT_H
#define NETLAB_CLIENT_HTTP_GET_REPORT_H

#include "client/http/get_fetch.h"

/* The head, as it came; in colour, or on a terminal, as harmless text. */
void get_report_head(
    const struct screen *screen, const struct get_fetch *fetch);

/* --short: the status and the content's length, "200 1234". */
void get_report_short(const struct screen *screen,
    const struct get_fetch *fetch, const struct get_content *content);

/* --hex, --explain: how many bytes of the content they have not shown. */
void get_report_more(
    const struct screen *screen, const struct get_fetch *fetch);

/* --json: prints the object. HAS_HEAD: there is a response; else there is the
 * exchange alone. Returns as member_print does. */
int get_report_json(const struct get_fetch *fetch, bool has_head,
    const struct get_content *content, unsigned redirects)
    __attribute__((warn_unused_result));

#endif
