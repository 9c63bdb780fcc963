-- Links between the Markdown sources become links between the pages made of them.
function Link(link)
  if not link.target:match('^%a[%w+.-]*:') then
    link.target = link.target:gsub('^docs/', ''):gsub('^%.%./README%.md', 'index.md'):gsub('%.md$', '.html'):gsub('%.md#', '.html#')
  end
  return link
end
