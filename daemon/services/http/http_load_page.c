/* http_load_page.c — a site's own pages for errors. Loader process only. */
#include "services/http/http_load_page.h"

#include "services/http/http_path.h"
#include "services/http/http_resource.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

cfg_opt_t http_load_page_options[] = {
    CFG_STR("file", NULL, CFGF_NODEFAULT),
    CFG_END(),
};

/* The error that TITLE names: "404". HTTP_STATUS_COUNT: none of ours. */
static enum http_status
status_of(const char *title)
{
	if (strlen(title) != 3 || strspn(title, "0123456789") != 3 ||
	    title[0] < '4')
		return (enum http_status)HTTP_STATUS_COUNT;
	return http_status_of((unsigned)strtoul(title, NULL, 10));
}

/* A worker looks for the page each time; what is said here is for the one who
 * writes the configuration. */
static void
check_file(const struct http_load_job *job, cfg_t *section,
    const struct http_site *site, const struct http_path *path)
{
	const char *file = cfg_getstr(section, "file");
	struct stat st;

	if (site->root == -1)
		return;
	if (fstatat(site->root, path->text, &st, 0) == -1 ||
	    !S_ISREG(st.st_mode))
		http_load_job_warn(job, section, "file", 0,
		    "%s: there is no such file beneath the root: the page "
		    "that is built in is sent",
		    file);
	else if (st.st_size > HTTP_RESOURCE_INLINE_MAX)
		http_load_job_warn(job, section, "file", 0,
		    "%s: an error page has at most %d bytes: the page that "
		    "is built in is sent",
		    file, HTTP_RESOURCE_INLINE_MAX);
}

/* Fills PAGE from SECTION, an error_page. False: told. */
static bool
read_page(const struct http_load_job *job, cfg_t *section,
    const struct http_site *site, struct http_error_page *page)
{
	const char *file = cfg_getstr(section, "file");
	struct http_path path;

	page->status = status_of(cfg_title(section));
	if ((unsigned)page->status == HTTP_STATUS_COUNT) {
		http_load_job_error(job, section, "", CONF_KEY,
		    "error_page \"%s\": not an error that this server answers "
		    "with",
		    cfg_title(section));
		return false;
	}
	if (file == NULL || file[0] != '/') {
		http_load_job_error(job, section, "file", 0,
		    "error_page \"%s\" needs a file: a path beneath the root, "
		    "as in a URL, like \"/errors/%s.html\"",
		    cfg_title(section), cfg_title(section));
		return false;
	}
	page->path = http_load_job_copy(job, file, strlen(file));
	if (strpbrk(file, "?#") != NULL ||
	    http_path_decode(page->path, &path) != HTTP_PATH_OK ||
	    path.is_directory) {
		http_load_job_error(job, section, "file", 0,
		    "\"%s\": not the path of a file that is served", file);
		return false;
	}
	check_file(job, section, site, &path);
	return true;
}

static void
put(struct http_site *site, struct http_error_page *pages,
    const struct http_error_page *page)
{
	for (size_t i = 0; i < site->error_page_count; i++)
		if (pages[i].status == page->status) {
			pages[i] = *page;
			return;
		}
	pages[site->error_page_count++] = *page;
}

void
http_load_page_read(
    const struct http_load_job *job, cfg_t *section, struct http_site *site)
{
	unsigned count = cfg_size(section, "error_page");
	struct http_error_page *pages = http_load_memory_take(
	    job->memory, site->error_page_count + count, sizeof(*pages));
	struct http_error_page page;

	if (pages == NULL)
		return;
	if (site->error_page_count > 0)
		memcpy(pages, site->error_pages,
		    site->error_page_count * sizeof(*pages));
	site->error_pages = pages;
	for (unsigned i = 0; i < count; i++)
		if (read_page(job, cfg_getnsec(section, "error_page", i), site,
		        &page))
			put(site, pages, &page);
}
