// Goes on to the provider's page. Replaces this page, so that "back" leads to the application.
const link = document.querySelector("[data-go]");
if (link) window.location.replace(link.href);
