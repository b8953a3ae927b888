/* http_load_redirect.c — a location that has moved. Loader process only. */
#include "services/http/http_load_redirect.h"

#include "services/http/http_path.h"

#include <string.h>
#include <strings.h>

/* What may stand in a URI at all (RFC 3986 §2), without query and fragment:
 * what follows the prefix is put behind it. */
static bool
is_uri(const char *target)
{
	static const char bytes[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "-._~:/[]@!$&'()*+,;=%";

	return strspn(target, bytes) == strlen(target);
}

/* What is wrong with TARGET, or NULL. */
static const char *
fault_of(const char *target)
{
	const struct span raw = {(const uint8_t *)target, strlen(target)};
	struct http_path path;
	size_t scheme = strncasecmp(target, "http://", 7) == 0    ? 7
	                : strncasecmp(target, "https://", 8) == 0 ? 8
	                                                          : 0;

	if (strpbrk(target, "?#") != NULL)
		return "has no query or fragment: what follows the prefix, and "
		       "the query asked with, go behind it";
	if (!is_uri(target))
		return "is written as in a URL: other bytes as \"%\" and two "
		       "hexadecimal digits";
	if (scheme > 0)
		return target[scheme] == '\0' || target[scheme] == '/'
		           ? "names a host behind \"://\""
		           : NULL;
	if (target[0] != '/' || target[1] == '/')
		return "is a path that begins with one \"/\", or a URL of http "
		       "or https";
	return http_path_decode(raw, &path) == HTTP_PATH_BAD
	           ? "is a path without broken escapes, that does not climb "
	             "above \"/\""
	           : NULL;
}

/* The status of CODE, if it moves and keeps a meaning; else
 * HTTP_STATUS_COUNT. */
static enum http_status
status_of(long code)
{
	return code == 301 || code == 302 || code == 307 || code == 308
	           ? http_status_of((unsigned)code)
	           : (enum http_status)HTTP_STATUS_COUNT;
}

void
http_load_redirect(const struct http_load_job *job, cfg_t *section,
    struct http_location *location)
{
	const char *target = cfg_getstr(section, "redirect");
	long code = cfg_getint(section, "redirect_status");
	const char *fault = fault_of(target);

	location->redirect_status = status_of(code);
	if ((unsigned)location->redirect_status == HTTP_STATUS_COUNT)
		http_load_job_error(job, section, "redirect_status", 0,
		    "'redirect_status' is 301, 302, 307 or 308, not %ld", code);
	if (fault != NULL)
		http_load_job_error(job, section, "redirect", 0,
		    "\"%s\": the target of a redirect %s", target, fault);
	else if (strlen(target) > HTTP_SITE_REDIRECT_MAX)
		http_load_job_error(job, section, "redirect", 0,
		    "the target of a redirect is at most %d bytes",
		    HTTP_SITE_REDIRECT_MAX);
	else
		location->redirect =
		    http_load_job_copy(job, target, strlen(target));
}

bool
http_load_redirect_is_circular(
    const struct http_site *site, const struct http_location *location)
{
	struct http_path path;

	if (location->redirect.data[0] != '/' ||
	    http_path_decode(location->redirect, &path) != HTTP_PATH_OK)
		return false;
	return http_site_location(
	           site, (struct span){(const uint8_t *)path.text, path.len}) ==
	       location;
}
