"""Pages: one HTML file a day, one for the whole period, and an index; each opens with no network.

folium is the shell (one ``folium.Map`` whose lists of remote assets are emptied), Leaflet comes from the package
XStatic-Leaflet, and one ``MacroElement`` of ours carries the incidents as JSON that the page's script reads. Article
text reaches the page only as data and the document only as text nodes.
"""

from geomap.writers.html.pages import write_pages

__all__ = ["write_pages"]
