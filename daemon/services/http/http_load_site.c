/* http_load_site.c — the sites. Loader process only. */
#include "services/http/http_load_site.h"

#include "core/file_denial.h"
#include "services/http/http_load_host.h"
#include "services/http/http_load_location.h"
#include "services/http/http_load_page.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What is not set is as in the http section: the defaults here mean nothing. */
cfg_opt_t http_load_site_options[] = {
    CFG_STR_LIST("hostnames", NULL, CFGF_NODEFAULT),
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_STR_LIST("index", NULL, CFGF_NODEFAULT),
    CFG_BOOL("listing", cfg_false, CFGF_NONE),
    CFG_STR("symlinks", "beneath", CFGF_NONE),
    CFG_BOOL("precompressed", cfg_true, CFGF_NONE),
    CFG_SEC("error_page", http_load_page_options, CFGF_MULTI | CFGF_TITLE),
    CFG_SEC("location", http_load_location_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};

/* O_PATH takes no right to the folder itself; what is in it does. -1: errno. */
static int
open_folder(const char *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1 || faccessat(fd, ".", X_OK, AT_EACCESS) == 0)
		return fd;
	int error = errno;

	close(fd);
	errno = error;
	return -1;
}

/* The folder is opened here, where the rights to do so may still be there, and
 * handed on; workers never see its name. -1: told. */
static int
open_root(const struct http_load_job *job, cfg_t *section)
{
	const char *root = cfg_getstr(section, "root");
	char path[PATH_MAX];

	if (root == NULL || root[0] == '\0') {
		http_load_job_error(job, section, "root", 0,
		    "site %s needs a root: the folder that holds its files",
		    cfg_title(section) == NULL ? "" : cfg_title(section));
		return -1;
	}
	if (!http_load_job_path(job, section, "root", path))
		return -1;
	int fd = open_folder(path);

	if (fd == -1)
		http_load_job_error(job, section, "root", 0, "%s: %s", path,
		    errno == ENOTDIR  ? "not a folder"
		    : errno == ENOENT ? "no such folder"
		                      : file_denial_text(errno, path));
	else
		job->load->files[job->load->file_count++] = fd;
	return fd;
}

static bool
is_index(const char *name)
{
	return name[0] != '\0' && strchr(name, '/') == NULL &&
	       strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
	       strlen(name) <= NAME_MAX;
}

static void
read_indexes(
    const struct http_load_job *job, cfg_t *section, struct http_site *site)
{
	unsigned count = cfg_size(section, "index");

	site->index_count = 0;
	if (count > HTTP_SITE_INDEX_MAX) {
		http_load_job_error(job, section, "index", HTTP_SITE_INDEX_MAX,
		    "at most %d index files can be named", HTTP_SITE_INDEX_MAX);
		return;
	}
	for (unsigned i = 0; i < count; i++) {
		const char *name = cfg_getnstr(section, "index", i);

		if (is_index(name))
			site->indexes[site->index_count++] =
			    http_load_memory_copy(
			        job->memory, name, strlen(name));
		else
			http_load_job_error(job, section, "index", i,
			    "%s: an index is the name of a file, without a "
			    "folder",
			    name);
	}
}

static void
read_symlinks(
    const struct http_load_job *job, cfg_t *section, struct http_site *site)
{
	/* In the order of enum http_symlinks. */
	static const char *const words[] = {"beneath", "follow", "never"};
	enum { WORD_COUNT = sizeof(words) / sizeof(words[0]) };
	unsigned word =
	    http_load_job_word(job, section, "symlinks", words, WORD_COUNT);

	if (word < WORD_COUNT)
		site->symlinks = (enum http_symlinks)word;
}

/* A site, and what its locations inherit. */
struct draft {
	struct http_site site;
	bool is_listed;
};

/* Reads the keys that every site inherits from the http section: there all of
 * them, in a site's section those that it sets. */
static void
read_common(
    const struct http_load_job *job, cfg_t *section, struct draft *draft)
{
	bool is_outer = section == job->load->section;

	if (is_outer || http_load_job_has(job, section, "index"))
		read_indexes(job, section, &draft->site);
	if (is_outer || http_load_job_has(job, section, "symlinks"))
		read_symlinks(job, section, &draft->site);
	if (is_outer || http_load_job_has(job, section, "precompressed"))
		draft->site.has_variants =
		    cfg_getbool(section, "precompressed");
	if (is_outer || http_load_job_has(job, section, "listing"))
		draft->is_listed = cfg_getbool(section, "listing");
	http_load_page_read(job, section, &draft->site);
}

/* The site of SECTION, from DRAFT, which has what it inherits. */
static struct http_site
read_named(const struct http_load_job *job, cfg_t *section, unsigned index,
    struct draft draft)
{
	draft.site.index = index;
	draft.site.root = open_root(job, section);
	draft.site.name = http_load_job_copy(
	    job, cfg_title(section), strlen(cfg_title(section)));
	read_common(job, section, &draft);
	http_load_location_read(job, section, draft.is_listed, &draft.site);
	return draft.site;
}

/* What the http section says of a site of its own, although it has no root. */
static void
check_rootless(const struct http_load_job *job, unsigned count)
{
	cfg_t *section = job->load->section;

	if (count == 0)
		http_load_job_error(job, section, "", CONF_KEY,
		    "http needs a root: the folder that holds its files");
	else if (cfg_size(section, "location") > 0)
		http_load_job_error(job, cfg_getnsec(section, "location", 0),
		    "", CONF_KEY,
		    "a location outside of all sites needs a root beside it");
}

/* Room for the names of COUNT sites. */
static struct http_load_hosts
open_hosts(const struct http_load_job *job, unsigned count)
{
	struct http_load_hosts hosts = {.count = 0};
	size_t most = 0;

	for (unsigned i = 0; i < count; i++)
		most += http_load_host_count(
		    cfg_getnsec(job->load->section, "site", i));
	hosts.list =
	    http_load_memory_take(job->memory, most, sizeof(*hosts.list));
	return hosts;
}

void
http_load_site_read_all(const struct http_load_job *job, struct http_sites *out)
{
	cfg_t *section = job->load->section;
	unsigned named = cfg_size(section, "site"), index = 0;
	unsigned own = http_load_job_has(job, section, "root");
	struct draft outer = {.site = {.root = -1}};

	if (own == 0)
		check_rootless(job, named);
	if (named + own > HTTP_SITE_MAX) {
		http_load_job_error(job,
		    cfg_getnsec(section, "site", HTTP_SITE_MAX - own), "",
		    CONF_KEY, "at most %d sites", HTTP_SITE_MAX);
		return;
	}
	struct http_load_hosts hosts = open_hosts(job, named);
	struct http_site *sites =
	    http_load_memory_take(job->memory, named + own, sizeof(*sites));

	if (sites == NULL || job->memory->is_short)
		return;
	if (own == 1)
		outer.site.root = open_root(job, section);
	read_common(job, section, &outer);
	if (own == 1) {
		sites[index] = outer.site;
		http_load_location_read(
		    job, section, outer.is_listed, &sites[index++]);
	}
	for (unsigned i = 0; i < named; i++, index++) {
		cfg_t *site = cfg_getnsec(section, "site", i);

		http_load_host_read(job, site, index, &hosts);
		sites[index] = read_named(job, site, index, outer);
	}
	out->sites = sites;
	out->site_count = index;
	http_load_host_finish(job, &hosts, out);
}
